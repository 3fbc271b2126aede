/*
 * Words of which names of fields are made, folded (lower case, without accents): what the heads of exported tables and
 * the keys of records are called in the larger languages of Europe and some beyond. Written for this project from
 * everyday forms, exports and schemas. A word belongs here when people write it over a column; one that is as often a
 * value of a column (a given name, a town, a colour) does not.
 */

const english = `
  id ids uid uuid guid key ref reference code number num nr no index row line type kind class category group label title
  name names first last middle given family full maiden sur surname firstname lastname middlename fullname username nickname
  salutation prefix suffix initials alias display user users account accounts customer customers client clients patient
  patients person persons people contact contacts member members employee employees staff student students owner holder
  recipient sender author applicant guest passenger driver child children parent guardian spouse insured policyholder
  email mail e emails phone phones telephone tel mobile cell fax website url link homepage address addresses street house
  city town zip postcode postal plz state province region country county district location place building floor room
  latitude longitude lat lon lng geo timezone language locale currency nationality citizenship religion ethnicity race
  gender sex age birth birthday birthdate dob born deceased death marital status date datetime time timestamp day month year
  week hour minute start end begin created updated modified deleted expires expiry valid from until to since
  iban bic swift bank account card pan cvv cvc holder amount sum total subtotal price cost fee tax vat net gross salary wage
  income balance debit credit payment payments invoice order orders item items product products quantity qty unit sku
  ssn social security passport licence license national identity insurance nino itin ein tin driver plate vehicle vin
  diagnosis diagnoses icd disease condition symptom medication drug dose allergy allergies blood height weight doctor
  physician hospital ward department treatment procedure visit appointment result results test value values
  company organisation organization firm employer department position job role occupation profession manager team office
  ip host hostname domain server port method path query session token cookie agent device browser os version hash
  password login secret note notes comment comments description text message subject body content remark remarks details
  info information data file filename size format source target active enabled flag count score rank level rate percent
`
/** What programmers and registers call columns everywhere. */
const technical = `
  ts tz ean gtin upc isbn sha md5 crc trace span tracking shipment batch serial lot etag lang os ua url uri href src alt tag tags
  dob bday msisdn imei imsi iccid mac mrn npi dea icd snomed loinc atc cpt drg ehic nhs nino utr ssn sin tfn abn cpf cnpj rg pis
  bsn nir ine siret siren insee spi pesel nip regon nrn rrn niss hetu cpr pnr fnr orgnr egn cnp oib emso jmbg amka afm pps ppsn
  idnr svnr steuerid ustid kvnr rvnr dni nie nif nuss cif curp rfc cf piva aadhaar panno ifsc uan bvn nin pan bin iin cvv cvc exp
  sortcode aba routing micr swift bic mandate creditor debtor txn trx ref refs ref1 ref2 data foo bar val attr prop param params args
  req res err msg cmd env app svc pod node ns cpu mem disk http https tcp udp dns tls ssl api sdk ios utm gclid fbclid
  lead leads deal stage campaign channel segment cohort churn ltv arpu mrr sla kpi qa uat dev prod
`
const german = `
  nummer nr kennung kennzeichen schlussel bezeichnung art typ klasse kategorie gruppe anrede titel vorname vornamen
  nachname familienname geburtsname name zuname benutzer benutzername konto kunde kunden kundin patient patientin
  versicherter versicherte mitglied mitarbeiter mitarbeiterin angestellter inhaber empfanger absender ansprechpartner
  telefon telefonnummer handy mobil mobilnummer rufnummer anschrift adresse strasse straße hausnummer ort wohnort stadt plz
  postleitzahl land bundesland staat staatsangehorigkeit nationalitat sprache wahrung geschlecht alter geburtsdatum geburtsort
  geburtstag geboren familienstand religion konfession datum uhrzeit zeit beginn ende monat jahr tag erstellt geandert bank
  kontonummer bankleitzahl blz kontoinhaber verwendungszweck betrag summe preis gehalt lohn steuer steuernummer steueridentifikationsnummer
  versicherung versicherungsnummer sozialversicherungsnummer krankenkasse krankenversicherung ausweis ausweisnummer
  reisepass fuhrerschein diagnose befund medikament arzt klinik station abteilung firma unternehmen beruf position
  bemerkung bemerkungen notiz kommentar beschreibung menge anzahl rechnung rechnungsnummer bestellung auftrag wert
`
const french = `
  identifiant numero nom noms famille prenom prenoms civilite adresse rue ville commune cp codepostal pays departement telephone
  portable courriel mel mail naissance datenaissance lieu sexe age nationalite langue compte titulaire banque montant prix
  salaire impot securite sociale nir patient client employe utilisateur date heure debut fin annee mois jour diagnostic
  medecin hopital traitement entreprise societe poste metier profession commentaire remarque objet quantite facture commande
`
const spanish = `
  identificador numero nombre nombres apellido apellidos direccion calle ciudad municipio provincia pais codigo postal
  telefono movil correo electronico fecha nacimiento lugar sexo genero edad nacionalidad idioma cuenta titular banco importe
  precio salario impuesto seguridad social dni nie nif cif curp rfc cedula pasaporte paciente cliente empleado usuario hora
  inicio fin ano mes dia diagnostico medico hospital tratamiento empresa puesto profesion comentario asunto cantidad factura
  pedido contrasena
`
const italian = `
  identificativo numero nome cognome indirizzo via citta comune provincia paese cap telefono cellulare posta elettronica
  data nascita luogo sesso eta nazionalita cittadinanza lingua conto intestatario banca importo prezzo stipendio imposta
  codice fiscale partita iva documento passaporto paziente cliente dipendente utente ora inizio fine anno mese giorno diagnosi
  medico ospedale azienda ditta professione note oggetto quantita fattura ordine
`
const portuguese = `
  numero nome sobrenome apelido endereco morada rua cidade municipio estado pais cep telefone celular telemovel correio data
  nascimento local sexo idade nacionalidade idioma conta titular banco valor preco salario imposto cpf cnpj nif rg passaporte
  paciente cliente funcionario usuario utilizador hora inicio fim ano mes dia diagnostico medico hospital empresa profissao
  comentario assunto quantidade fatura pedido senha
`
const dutch = `
  nummer naam voornaam voornamen achternaam tussenvoegsel familienaam aanhef adres straat huisnummer postcode woonplaats
  plaats gemeente provincie land telefoon telefoonnummer mobiel geboortedatum geboorteplaats geslacht leeftijd nationaliteit
  taal rekening rekeningnummer bedrag prijs salaris belasting bsn burgerservicenummer patient klant medewerker gebruiker
  gebruikersnaam datum tijd begin einde jaar maand dag diagnose arts ziekenhuis bedrijf functie beroep opmerking aantal
  factuur bestelling wachtwoord
`
const nordic = `
  nummer namn navn fornamn fornavn efternamn etternavn efternavn adress adresse gata gate gade postnummer ort poststed by
  land telefon mobil epost fodelsedatum fodselsdato fodselsdag kon kjonn fødselsdato fødselsdag køn kjønn fødselsnummer beløb lønn alder personnummer fodselsnummer cpr konto
  kontonummer belopp belop pris lon bank kund kunde anstalld ansatt anvandare bruker dato datum tid ar manad dag diagnos
  lakare lege foretag firma yrke anmarkning antal nimi etunimi sukunimi osoite katu kaupunki postinumero puhelin
  sahkoposti syntymaaika henkilotunnus sukupuoli tili summa paivamaara asiakas potilas
`
const eastern = `
  numer nazwa imie imiona nazwisko adres ulica miasto miejscowosc kod pocztowy kraj wojewodztwo telefon komorka poczta data hasło zawod wartosc
  urodzenia miejsce plec płec wiek obywatelstwo konto rachunek bank kwota cena wynagrodzenie pesel nip regon dowod paszport pacjent
  klient pracownik uzytkownik godzina rok miesiac dzien rozpoznanie lekarz szpital firma zawod uwagi ilosc faktura zamowienie
  haslo cislo jmeno prijmeni adresa ulice mesto psc zeme narozeni datum pohlavi vek rodne ucet castka cena lekar pacient
  zakaznik nev vezeteknev keresztnev cim utca varos iranyitoszam orszag szuletesi datum neme kor szamla osszeg nume prenume
  strada oras judet tara telefon nastere varsta sex cnp cont suma pret salariu
  имя фамилия отчество адрес улица город индекс страна телефон почта дата рождения пол возраст паспорт снилс инн счет банк
  сумма цена клиент пациент номер ονομα επωνυμο διευθυνση πολη τηλεφωνο ημερομηνια αφμ αμκα
  ad adi adı soyad soyadi soyadı adres sokak sehir ilce il ulke telefon eposta dogum tarihi cinsiyet yas tc kimlik hesap tutar musteri hasta
`
const asian = `姓名 名字 姓 名 电话 电话号码 手机 手机号 手机号码 邮箱 电子邮件 地址 城市 邮编 性别 年龄 生日 出生日期 身份证 身份证号 身份证号码 银行卡号
  账号 金额 日期 编号 客户 患者 氏名 お名前 住所 電話 電話番号 メール メールアドレス 郵便番号 生年月日 性別 年齢 口座番号 金額 日付 이름 성명 주소 전화
  전화번호 이메일 생년월일 성별 나이 주민등록번호 계좌번호 금액 날짜`

/** Words that are in names of fields and say nothing: they count neither for nor against. */
export const fillers: ReadonlySet<string> = new Set(
  'of the in for on by and or per is a an de del della di da do du des la le les el los l d der die das des im und am van het'.split(
    ' ',
  ),
)

const all = [english, technical, german, french, spanish, italian, portuguese, dutch, nordic, eastern, asian]

/** Folded as `nameWords` gives them. */
export const fieldWords: ReadonlySet<string> = new Set(
  all.flatMap((words) =>
    words
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .trim()
      .split(/\s+/),
  ),
)
