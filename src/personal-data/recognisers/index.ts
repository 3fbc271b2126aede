import type { Recogniser } from '../recogniser.ts'
import { email } from './generic/email.ts'
import { iban } from './generic/iban.ts'
import { ipAddress } from './generic/ip-address.ts'
import { paymentCard } from './generic/payment-card.ts'
import { phone } from './generic/phone.ts'
import { beNationalNumber } from './be/be-national-number.ts'
import { bgEgn } from './bg/bg-egn.ts'
import { chAhv } from './ch/ch-ahv.ts'
import { deTaxId } from './de/de-tax-id.ts'
import { dkCpr } from './dk/dk-cpr.ts'
import { eeIsikukood } from './ee/ee-isikukood.ts'
import { esDni } from './es/es-dni.ts'
import { fiHetu } from './fi/fi-hetu.ts'
import { frNir } from './fr/fr-nir.ts'
import { gbNhs } from './gb/gb-nhs.ts'
import { gbNino } from './gb/gb-nino.ts'
import { grAmka } from './gr/gr-amka.ts'
import { hrOib } from './hr/hr-oib.ts'
import { iePps } from './ie/ie-pps.ts'
import { itCodiceFiscale } from './it/it-codice-fiscale.ts'
import { ltAsmensKodas } from './lt/lt-asmens-kodas.ts'
import { nlBsn } from './nl/nl-bsn.ts'
import { noFodselsnummer } from './no/no-fodselsnummer.ts'
import { plPesel } from './pl/pl-pesel.ts'
import { ptCc } from './pt/pt-cc.ts'
import { roCnp } from './ro/ro-cnp.ts'
import { sePersonnummer } from './se/se-personnummer.ts'
import { siEmso } from './si/si-emso.ts'
import { usSsn } from './us/us-ssn.ts'

/** All that are built in. Where two are equally sure of the same bytes, the one listed first has them. */
export const builtInRecognisers: readonly Recogniser[] = [
  iban,
  paymentCard,
  email,
  usSsn,
  phone,
  ipAddress,
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
