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

/** What names, dates of birth and addresses are called in one word, besides. */
const people = `
  aadress addressline adresi alamat attendee bezorgadres billing bydliste candidate cardholder civico datanascimento
  datanascita dataurodzenia dateofbirth dogumtarihi domicile domicilio domiciliu dzimsanas eesnimi envio fec
  fechanacimiento fname fodelsedag fodselsdatum fodt forename fullstandigt gateadresse gatuadress geb gebdat gebdatum
  geboortedag geboortenaam geburtsjahr gimimo givenname ikametgah ime karteninhaber katuosoite klantnaam kundenname
  lahiosoite lahir lakcim lieferadresse livraison lname logradouro mailing meldeadresse nac narodenia nasc nasterii
  nominativo panienskie patientenname patientnaam pavarde payee payer perekonnanimi postadres postadress postale
  postanschrift prezime priezvisko priimek rechnungsadresse residential residenza rodenja roepnaam rojstva rufname
  shipping signatory straatnaam sunniaeg synniaeg syntymapaiva tanggal teljes uzvards vardas vards vejnavn
  versicherungsnehmer volledige vollstandiger wohnadresse wohnanschrift woonadres zamieszkania zipcode γεννησης
  ονοματεπωνυμο адреса име народження раждане фио
`

/**
 * What columns of health, of special categories of personal data and of people's lives are called, in nine languages. Words
 * that are names of people as well, or say little alone, are left out.
 */
const sensitive = `
  aandoening abo achtergrond acid actif activity activo actual adherent adhesion administrative admission adn affiliation
  affiliazione afiliacion afiliado afkomst ages aktennummer alcohol alergia alergias alergico alergie alimentaire
  alimentaires alimentar alimentare alimentari alimentaria allele alleles allergen allergene allergens allergi allergia
  allergic allergico allergie allergieen allergien allergier alternate amenorrhee amino ammatti amne amtsbezeichnung anni
  annual annuel annuo antecedente antecedentes antecedents anual anuales apoe appartenance appartenenza arbeidsbeperking
  arbeidshandicap arbeidsongeschiktheid arbeitsentgelt arbeitslohn arrest arsinkomst arskurs arslon arterial arterielle
  arteriosa arzneimittel arzneimittelname asegurado asikt asikter assicurato assigned assistito assure ativo attivo
  aufnahmenummer ausgeubter autorisation autorite badan badania badanie befattning begriff behandlungsfallnummer behindert
  behinderung behinderungen behinderungsgrad belastningsregister belastningsregistret belief beliefs beneficiary beperking
  berufsbezeichnung berufsstand betegseg beziehungsstatus bilan biologique biometric biometrica biometrici biometrico
  biometricos biometrics biometrique biometriques biometrische biometrisches biometrisk biometriska biometryczne
  biometryczny birthplace blodgrupp blodsocker blodtryck blodvarde bloeddruk bloedglucose bloedgroep bloedsuiker bloedtype
  bloedwaarden bloodgroup bloodtype blutdruck blutgruppe blutwerte blutzucker bmi boala bolezni brca brottsmisstanke
  brottsregister brottsrubricering brut bruto brutosalaris brutto bruttogehalt bruttolohn bruttolon burgerlijke cargo
  carichi carrier cartao carte carteirinha cartella caryotype casellario casier cdna cells charge charges chart cholesterin
  cholesterol choroba choroby chronic ciaza ciazy cidadania cisnienie citizen citizenships citoyennete ciudadania civil
  civile civilstand civilstatus classe clinica clinical clinico colesterol colesterolo comorbidities comorbidity
  compensation condamnation condamnations condanna condanne condena condenacao condenacoes condenas confesion confession
  confessione confissao conjugal connue consenso consent consentimento consentimiento contribuicao convicciones conviction
  convictions convinzioni corona cotisation covid creatinina creatinine creche credo creencia creencias crenca crencas
  crime crimes criminais criminal croyance croyances cukier cuota current currently curso cvx cywilny czynna czynnik
  dactilar dactilares dados dane daten dati datos dauermedikation dawkowanie daycare dbs dbsnp deficiencia degree dei
  delito delitos denomination descriptor diagnoosi diagnosecode diagnosekode diagnosen diagnoseschlussel diagnosticos
  diagnostics diagnoza diagnozis diastolic dienstgrad digitais diplotype disabilita disabilities disability disabled
  discapacidad disorder dna dochod doenca domar donnees donor dosage dosierung dossier dossiernummer dues ecole educacao
  educational einkommen einstellung einwilligung ekuz eltern embarazada embarazo embedding embeddings emoglobina employment
  empreinte empreintes encarregado enceinte encoding encodings encounter enfant enfermedad erbgut erkrankung erlernter
  erziehungsberechtigte erziehungsberechtigter esame esami escolar esercente esito etat ethnic ethnie ethnique ethnische
  ethnizitat etnia etnica etnicidade etniciteit etnicitet etnico etniczna etniczne etnische etnisk etniskt exame exercee
  expecting expediente facciale face faceprint facial faciale facket fackforbund fackforening facklig fackligt fackmedlem
  facteur factor fall fallande fallnummer familiale familiar farmaci farmaco farmacologica farmacologico fator fattore
  features fedina feit feiten felonies felony ficha filiacao finding findings finger fingerabdruck fingerabdruckdaten
  fingeravtryck fingerprint fiscal fodelseland fodelseort fodested fonction forsakringskassenummer frequentata
  fuhrungszeugnis fully functiebenaming functienaam functietitel funktionshinder funktionsnedsattning funktionsvariation
  fødeland fødested gabarit gait geaardheid geboorte geboorteland geburtsland geburtsstadt gegevens geimpft geloof
  geloofsovertuiging gendaten genderidentiteit gene geneesmiddel geneesmiddelen genere genetic genetica genetici genetico
  geneticos genetique genetiques genetische genetisk genetiska genetyczna genetyczne genetyczny genitori genitoriale
  genmutatie genmutation genome genotipo genotyp genotype genotypes genre gentest gentestergebnis gentestresultat
  genvariante geschlechtliche geschlechtsidentitat geschlechtskennzeichen gesichtsdaten gesichtsmerkmale gesichtsvektor
  gesinnung gestacion gestacional gestante gestation gestational gestazione gesundheitskarte gesundheitskartennummer
  gevaccineerd gewerkschaft gewerkschaftsbeitrag gewerkschaftsmitglied gewerkschaftsmitgliedschaft
  gewerkschaftszugehorigkeit gezichtsvector gezindheid giudiziale glaube glaubensbekenntnis glaubensrichtung gleichgestellt
  glicada glicemia glicose glucemia glucosa glucose glycemie godsdienst godzinowa grad grade grado grau gravid gravida
  gravidanza gravidez graviditet graviditetsvecka grossesse groupe grupa grupo gruppo guarderia głownej haemoglobin
  hamoglobin handicap handicape handicapped haplogroup haplotype hauptdiagnose haushaltseinkommen health hemoglobin
  hemoglobina hemoglobine herkunft hgvs historia historii history homeroom hourly household huella huellas huwelijkse
  identidad identidade identifier identita identitat identite identyfikator ideologia ideology illness immunisation
  immunisations immunization immunizations impairment impfpass impfschutz impfstatus impfstoff impfstoffe impfung impfungen
  impressao impressoes impronta impronte incapacidade incapacite incinta individual infraction infractions ingredient
  ingresos inkomen instruction intencao intencion intention intenzione intitule intolerance intolerances intolerancia
  intolerancias intolleranza intolleranze invalidita invalidite irisdaten irismall irisscan iscritto iscrizione jaarinkomen
  jaarsalaris jahre jahren jahreseinkommen jahresgehalt jahrgangsstufe jobbtitel jobtitle journalnr journalnummer
  judiciaire judiciaires kansalaisuus karalnosc karany karne karny karta kartoteki karty karyotyp karyotype kerkgenootschap
  kindergarten kindergartengruppe kinderopvang kindes kirchenmitgliedschaft kirchensteuer kirchensteuermerkmal
  kirchenzugehorigkeit kitagruppe klasa klassenlehrer klassenlehrerin klassenstufe kode kolesterol konfessionszugehorigkeit
  konsidentitet krankenaktennummer krankenhausnummer krankenkassennummer krankenversichertennummer krankenversicherungs
  krankenversicherungsnummer krankheit krankheitsbild kreatinin kreatynina krwi ksiegi lab labbresultat labbsvar labor
  laboral laboratoire laboratorial laboratorio laboratoriumuitslag laboratory laboratoryjny laborbefund laborergebnis
  laborwert laborwerte labour labuitslag labuitslagen laggning lakemedel lakemedelsnamn langzeitzucker lavorativa leaning
  lebensalter legal legale leki leku leven levensovertuiging lichamelijke lid liquido loon lordo maandsalaris maladie
  malattia malsman manadslon manedsløn mansione manufacturer maritalstatus marker married mass matallergi maternelle
  matrimoniale medborgarskap medica medicacao medicacion medicacoes medicaid medical medicament medicamenteux medicamento
  medicamentos medicaments medicatie medications medicaux medicazione medicijn medicijnen medicin medicinale medicinali
  medicine medicinering medicines medicos medikamente medikamentenname medikation medisch medlem medlemskap meinung
  membership membro menor mensal mensile mensuales mensuel merkmal merkzeichen mestiere migratieachtergrond
  migrationshintergrund mineur minor minorenne minusvalia minutiae misdemeanor misdemeanors misdrijf misdrijven modello
  modelo monatsgehalt monthly mutacao mutacion mutacja mutation mutations mutationsstatus mutazione mutuelle nacional
  nahrungsmittelunvertraglichkeit narodowosc natal nationalitet nationalities naturalidade nebendiagnose needs neto netto
  nettoeinkommen nettogehalt nettolohn nettolon nettosalaris niekaralnosc niekaralnosci niepelnosprawnosc niepełnosprawnosc
  niepełnosprawnosci nietolerancja niveau nomina nosologico notation nucleotide nursery occupazione occupe ocupacao
  ocupacion ocupado odcisk odciski offence offences offense offenses oficio omyndig opiekun opiniao opinioes opinion
  opinione opiniones opinioni opinions opvatting ordenado orientacao orientacion orientacja orientamento orientatie
  orientation orientering orientierung origem origen origin origine orzeczenie ouder ouders overgevoeligheid overkanslighet
  overtuiging overtygelse oxygen pacjenta palca palcow palkka parental parentale parents partei parteimitglied
  parteimitgliedschaft parteimitgliedsnummer parteipraferenz parteizugehorigkeit parti partia participant partidaria
  partido partij partijlid partijlidmaatschap partimedlem partisympati partitillhorighet partito party partyjna pathologie
  pathology patientalder patientdossiernummer patienten patientenaktennummer patientenalter patientenkennung patientennr
  patientennummer patientens patientnr patientnummer patologia pattern pay penal penale penales penali pendenti pension
  pensja percentuale perfil permanent personal personenstand pessoa pflegegrad pflegestufe philosophical plan plano
  plantilla platelet plciowa pochodzenie poglady pokarmowa policiales policy polisnummer politica political politicas
  politiche politico politieke politique politiques politische politisk politiska politiskt polityczna polityczne poliza
  posizione posologia posologie pracy prawny precedenti preference preferences preferencia preferencias preferencje
  preferenze pregnancy pregnant prescribed prescription prescriptions prescrito presion pressao pression pressione pressure
  previous primary principal principe principio prior problem processo professional professionale profiel profil profile
  profilo profissional prontuario protein provsvar prueba przekonania przestepstwo przyjmowane przynaleznosc pupil płciowa
  qualifica quota raca racial rasowe rasse raza razza razziale reaction reassignment reati reato receta recibidas record
  records recu reddito registered registo registration registro rejestr relatienummer relationship religia religiao religie
  religieuse religieuses religijne religione religionsgemeinschaft religionstillhorighet religionszugehorigkeit religios
  religiosa religiosas religiose religioso religious remedio remuneracao remuneration renda rendimento renta representant
  responsabilita responsable responsavel resultado resultados resultat resultats resusfactor retina retribuzione revenu
  revenus rezeptur rhesus rhesusfaktor risultato roczny rodzicow rostavtryck rqth rsid sairaus salaries salud sample sangre
  sangue sanguigna sanguigno sanguin sanguineo sanitaria saturation saude sauerstoffsattigung scan schema school
  schoolgroep schoolklas schuler schulerin schulklasse schulklassen schwanger schwangerschaft schwangerschaftsstatus
  schwangerschaftswoche schwerbehindert schwerbehindertenausweis schwerbehinderung scolaire scolastica sct sctid secondary
  secuencia seksualiteit seksualna seksualne seksualnosc seksueel seksuele sekvens sekwencja semaine semaines semanas
  sequence sequencia sequenz sequenza serologie sessuale sessuali sessualita settimane severely sexual sexuales sexualidad
  sexualidade sexualitat sexualite sexualitet sexuality sexualleben sexualliv sexually sexuell sexuelle sindacale sindacato
  sindicado sindical sindicalizado sindicato situacao situacion situation siviilisaaty sivilstatus sjukdom
  sjukforsakringsnummer skazujacy skolklass składka snomedct snp snps sorgeberechtigte sorgeberechtigter speaker
  staatsangehoerigkeit staatsburgerschaft staatsburgerschap stanowisko stato statsborgerskab statsborgerskap statut stawka
  stellenbezeichnung stemafdruk stemintentie stilling stillingsbetegnelse stimmabdruck stimmprofil stopien strafbaar
  strafbare strafblad strafrechtelijk strafrechtliche strafregister strafregisterauszug straftat straftaten stundenlohn
  subscriber substance substancja sueldo sugar sygdom sykdom syndicale syndicat syndique syntymapaikka systolic szczepienia
  szczepienie szczepionka szczepionki szkolna tarjeta tatigkeit tatvorwurf taux teacher teczowki template templates tension
  terapia tessera teste tetnicze thumbprint tidigare tillhorighet timlon tipo toestemming tozsamosc trabajo trade trans
  transessuale transgender transgenero transgenre transgeschlechtlich transperson transpłciowosc transsexuell trattenuta
  travailleur triglycerides trossamfund trosuppfattning tumor turma tutor tutore tydzien typing uberzeugung ubezpieczenia
  ubezpieczonego uczulenia uczulenie underage union unvertraglichkeit unvertraglichkeiten uppfattning uppgifter urinalysis
  ursprung utdrag uurloon vaccin vaccinal vaccinale vaccinated vaccinatie vaccinaties vaccinatiestatus vaccination
  vaccinationer vaccinations vaccinationsstatus vaccinato vaccinazione vaccinazioni vaccine vaccinerad vaccinering vaccines
  vaccini vaccino vaccins vacina vacinacao vacinado vacinal vacinas vacuna vacunacion vacunado vacunas vakbond vakbondslid
  vakbondslidmaatschap vakvereniging vardnadshavare variant variante variants vector vein vencimento verksamt verleden
  veroordeling veroordelingen verordnung versicherten versichertennummer vertegenwoordiger verurteilung verurteilungen
  verzekerdennummer vettore victim view views vih vingerafdruk vingerafdrukken viral vitale vocal vocale voedselallergie
  voice voiceprint volgorde voogd voorkeur vorbestraft vorerkrankung vorerkrankungen vorlieben vorstrafe vorstrafen vote
  voted voting voto voz wages wahlabsicht wariant weeks weltanschauung werkzame wettelijke wheelchair wirkstoff wykonywany
  wynik wyniki wyrok wyroki wyznanie wyznaniowa wzorzec yearly years yrkestitel zarobki zaswiadczenie zaszczepiony zawodowy
  zdrowia zdrowotnego zgoda ziekte zisnummer zorgpolisnummer zorgverzekeraar zorgverzekering zorgverzekeringsnummer
  zugehorigkeit zwanger zwangerschap zwangerschapsduur zwangerschapsweek zwiazek zwiazkowa zycie ægteskabelig διαγνωση
  диагноз
`

/** What columns of documents, accounts, devices, places and secrets are called, in as many languages. */
const accounts = `
  aaid ablaufdatum abonne acceso acct addr adgangskode adid advertising advertisingid ajokortin ajokortti alvazszam
  amplitude amtliches anmeldename annons anonymous answer antwoord antwort anvandar anvandarnamn apns apodo apparaat
  appareil asiakasnumero aufenthaltserlaubnis aufenthaltskarte aufenthaltstitel aufenthaltstitelnummer autokennzeichen
  autorizacao azonosito bancaire bancar bancaria bancario banka bankgiro bankkonto bankkontonummer bankovni bankowe
  bankowy bankrekening bankrekeningnummer bankszamlaszam bankverbindung bastidor bban belgesi benutzerid benutzerkennung
  besokar besucher beveiligingsantwoord bezoekers bezpieczenstwa biccode bijnaam bilhete bis boravisna broj brp bruger
  brugernavn brukernavn buletin buyer caducidad carnet carta carteira cestovni cestovniho challenge chassinummer chassis
  chassisnummer checking cihaz clabe clave cnh cni coche conducao conducir conduire coordenadas coordinate coordinaten
  coordinates coordonnees coords corrente corriente courier crypto cryptogramme csc cust custid customerid cuzdani cvn
  delivery deposit deviceid dispositivo dispozitiv distinct dln document dovoljenje dowodu dozvola drivers driverslicense
  driving drivinglicence dropoff dvla ehliyet eid engedely enheds enhets eszkoz expiration fahrer fahrgestell
  fahrgestellnummer fahrzeug fahrzeugidentifikationsnummer fcm felhasznalo felhasznalonev flyer forerkort forerkortnummer
  frequent fuehrerschein fuehrerscheinnummer fuhrerscheinnummer gaid gamertag gebruikers geheim geheime geheimzahl geohash
  geohashcode geokoordinaten geolocation geopoint geraeteid gerate geratekennung geslo giltigt gps guida gultig guvenlik
  habilitacao handle handset hardware helymeghatarozas hemligt henkilokortin henkilokortti hesabi heslo hkid hubspotutk
  hwaddr hwid icc idcard identification identifizierungsnummer identitate identitatskarte identiteitsbewijs
  identiteitskaart identiteitskaartnummer identitetskort idfa idfv ifa igazolvany ikamet immatriculation inmatriculare
  install installation iskaznica iskaznice izkaznica izni jasennumero jazdy jelszo jogositvany jsessionid kaart kart karte
  karten kartenpruefnummer kartenprufnummer kavija kayttaja kayttajanimi kayttajatunnus kennwort kenteken kentekennummer
  kfz kfzkennzeichen kimligi klantid klantnr klantnummer klienta known kodja kodu konta kontonr kontrolsiffer konum koodi
  koordinaatit koordinaten koordinater korekort korekortnummer korisnicko korkort korkortsnummer kort kortets kreditkarte
  kullanici kundenid kundennr kundennummer kundenummer kundnr kundnummer kørekort laitetunnus laravel latlng latlon
  latlong lic licencia licenseplate licna lidnummer lnglat localisation localizacao localizacion locatie loginname
  lokalizacja losenord loyalty lozinka macaddress maid mainostunnus mark matricula matrikelnummer mdp medlemsnummer
  memberid memorable meno mitarbeiternummer mitglieds mitgliedsnr mitgliedsnummer mixpanel mot motdepasse motorista
  msclkid muid nadwozia netsessionid nick niederlassungserlaubnis nomeutente nufus numar numarasi numberplate
  nummernschild nummerplade nutzer nutzerid nutzername oaid obcanskeho obcansky obciansky odpoved odpowiedz odwiedzajacego
  oleskelulupa oleskelulupakortti opholdskort opholdstilladelse oppholdstillatelse optimizely osebna osobistego osobisty
  osobna osobne oznaka palavra pankkitili parola parool pasaport pasnummer paspoort paspoortnummer passcode passeport
  passin passinumero passnr passnummer passord passphrase passportno passportnumber passwd passwort passwrd pasu paszportu
  patente payout permesso permis permiso permit perso personalausweis personalausweisnummer personalnummer phpsessid
  phrase pickup pin pincode pinkod pinkode placa plaka plaque player pobyt pobytu point poloha pouzivatelske povoleni
  prawa prawo prebivanje preferred preukaz prukaz prukazu pseudonyme pubblicita pubblicitario publicidad publicidade
  publicitaire puk push pwd question rachunku racun racuna rdid reclame recovery reg registarska registracni
  registreringsnummer registreringsskylt registrska regnr regnummer reisepassnummer rejestracyjna rejestracyjny
  rekisterinumero rekisteritunnus reklamowy rendszam reponse residence residencia residency resident resposta respuesta
  rib ridicskeho ridicsky rijbewijs rijbewijsnummer risposta routingnumber sakerhetssvar salasana sam samaccountname sasi
  sasije sasiu savings scadenza screen screenname secreta secretanswer secrete secreto securityanswer sedere segreta
  seguranca sejour seria serie sessionid shopper sicherheitsantwort sicherheitsfrage sicurezza sifra sifre sijainti
  sikkerhedssvar sikkerhetssvar slaptazodis smtp socio soggiorno soprannome sort souradnice spitzname spz standort
  stelnummer stevilka supi surucu svar swiftcode szam szamlaszam szemelyi tablica tajna targa tartozkodasi telaio thru
  tilinumero titre titulo toestel transakcijski transit travel tunnusluku turvavastaus ubicacion uctu udid udlobsdato
  uetsid uetvid ugyfelszam understellsnummer unlock uporabnisko uppehallskort uppehallstillstand urzadzenia uscis userid
  userpass utgangsdatum utilizator utlevel utlevelszam uzivatelske uzytkownika validade valmistenumero vehicule vehiculo
  veicolo veiculo verblijfsdocument verblijfstitel verblijfsvergunning verification vervaldatum visitante visitatore
  visiteur visitor visitorid visuel vodicsky voter vozacka voznisko vrm vrn wallet waznosc waznosci werbe withdrawal
  wspolrzedne zakaznicke zakaznika zarizeni zezwolenie znacka αδεια αναγνωριστικο αριθμος δελτιο διαβατηριο διαβατηριου
  διαμονης κωδικος λογαριασμου πελατη πινακιδα πλαισιου προσβασης συσκευης ταυτοτητας χρηστη вид водительское госномер
  жителство карта клиента код лична личности парола пароль паспорта пин пользователя счета удостоверение 비밀번호
  여권번호 パスワード 会员号 会員番号 护照号 旅券番号 用户名 用户标识 设备标识 车牌号 银行账号 顧客番号
`

/** Words that are in names of fields and say nothing: they count neither for nor against. */
export const fillers: ReadonlySet<string> = new Set(
  'of the in for on by and or per is a an de del della di da do du des la le les el los l d der die das des im und am van het'.split(
    ' ',
  ),
)

const all = [
  ...[english, technical, german, french, spanish, italian, portuguese, dutch, nordic, eastern, asian],
  people,
  sensitive,
  accounts,
]

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
