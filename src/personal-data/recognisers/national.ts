import type { Recogniser } from '../recogniser.ts'
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
]
