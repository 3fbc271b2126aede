import type { Recogniser } from '../recogniser.ts'
import { atSvnr } from './at/at-svnr.ts'
import { atSteuernummer } from './at/at-steuernummer.ts'
import { auMedicare } from './au/au-medicare.ts'
import { auTfn } from './au/au-tfn.ts'
import { bgLnch } from './bg/bg-lnch.ts'
import { brCpf } from './br/br-cpf.ts'
import { caSin } from './ca/ca-sin.ts'
import { cyTic } from './cy/cy-tic.ts'
import { czRodneCislo } from './cz/cz-rodne-cislo.ts'
import { deKvnr } from './de/de-kvnr.ts'
import { deRvnr } from './de/de-rvnr.ts'
import { esNuss } from './es/es-nuss.ts'
import { frSpi } from './fr/fr-spi.ts'
import { gbUtr } from './gb/gb-utr.ts'
import { ehic } from './generic/ehic.ts'
import { passportMrz } from './generic/passport-mrz.ts'
import { grAfm } from './gr/gr-afm.ts'
import { huAdoazonosito } from './hu/hu-adoazonosito.ts'
import { huSzemelyiSzam } from './hu/hu-szemelyi-szam.ts'
import { huTaj } from './hu/hu-taj.ts'
import { inAadhaar } from './in/in-aadhaar.ts'
import { inPan } from './in/in-pan.ts'
import { isKennitala } from './is/is-kennitala.ts'
import { luMatricule } from './lu/lu-matricule.ts'
import { lvPersonasKods } from './lv/lv-personas-kods.ts'
import { mtId } from './mt/mt-id.ts'
import { plIdCard } from './pl/pl-id-card.ts'
import { plNip } from './pl/pl-nip.ts'
import { ptNif } from './pt/pt-nif.ts'
import { ptNiss } from './pt/pt-niss.ts'
import { rsJmbg } from './rs/rs-jmbg.ts'
import { siDavcna } from './si/si-davcna.ts'
import { skRodneCislo } from './sk/sk-rodne-cislo.ts'
import { trKimlikNo } from './tr/tr-kimlik-no.ts'
import { usItin } from './us/us-itin.ts'
import { usMbi } from './us/us-mbi.ts'
import { usNpi } from './us/us-npi.ts'
import { usSsn } from './us/us-ssn.ts'
import { chAhv } from './ch/ch-ahv.ts'
import { beNationalNumber } from './be/be-national-number.ts'
import { noFodselsnummer } from './no/no-fodselsnummer.ts'
import { frNir } from './fr/fr-nir.ts'
import { itCodiceFiscale } from './it/it-codice-fiscale.ts'
import { siEmso } from './si/si-emso.ts'
import { roCnp } from './ro/ro-cnp.ts'
import { sePersonnummer } from './se/se-personnummer.ts'
import { fiHetu } from './fi/fi-hetu.ts'
import { plPesel } from './pl/pl-pesel.ts'
import { esDni } from './es/es-dni.ts'
import { deSteuernummer } from './de/de-steuernummer.ts'
import { deTaxId } from './de/de-tax-id.ts'
import { grAmka } from './gr/gr-amka.ts'
import { eeIsikukood } from './ee/ee-isikukood.ts'
import { ltAsmensKodas } from './lt/lt-asmens-kodas.ts'
import { hrOib } from './hr/hr-oib.ts'
import { bgEgn } from './bg/bg-egn.ts'
import { gbNino } from './gb/gb-nino.ts'
import { gbNhs } from './gb/gb-nhs.ts'
import { iePps } from './ie/ie-pps.ts'
import { dkCpr } from './dk/dk-cpr.ts'
import { nlBsn } from './nl/nl-bsn.ts'
import { ptCc } from './pt/pt-cc.ts'

/** Numbers that a state gives to a person: identity, tax, social security and health insurance. */
export const nationalIdentifiers: readonly Recogniser[] = [
  usSsn,
  chAhv,
  beNationalNumber,
  noFodselsnummer,
  frNir,
  itCodiceFiscale,
  siEmso,
  roCnp,
  sePersonnummer,
  fiHetu,
  plPesel,
  esDni,
  deTaxId,
  grAmka,
  eeIsikukood,
  ltAsmensKodas,
  hrOib,
  bgEgn,
  gbNino,
  gbNhs,
  iePps,
  dkCpr,
  nlBsn,
  ptCc,
  passportMrz,
  ehic,
  luMatricule,
  deRvnr,
  brCpf,
  lvPersonasKods,
  czRodneCislo,
  skRodneCislo,
  isKennitala,
  atSvnr,
  esNuss,
  huSzemelyiSzam,
  inAadhaar,
  rsJmbg,
  trKimlikNo,
  usMbi,
  inPan,
  deKvnr,
  frSpi,
  huTaj,
  huAdoazonosito,
  plNip,
  plIdCard,
  ptNif,
  ptNiss,
  caSin,
  auTfn,
  auMedicare,
  grAfm,
  atSteuernummer,
  gbUtr,
  siDavcna,
  bgLnch,
  cyTic,
  mtId,
  usItin,
  usNpi,
  deSteuernummer,
]
