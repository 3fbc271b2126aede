import type { Recogniser } from '../recogniser.ts'
import { credentialRecognisers } from './credentials.ts'
import { documentRecognisers } from './documents.ts'
import { financialRecognisers } from './financial.ts'
import { email } from './generic/email.ts'
import { iban } from './generic/iban.ts'
import { ipAddress } from './generic/ip-address.ts'
import { paymentCard } from './generic/payment-card.ts'
import { phone } from './generic/phone.ts'
import { healthRecognisers } from './health.ts'
import { locationRecognisers } from './location.ts'
import { nationalIdentifiers } from './national.ts'
import { onlineRecognisers } from './online.ts'
import { personRecognisers } from './person.ts'
import { specialRecognisers } from './special.ts'

/** All that are built in. Where two are equally sure of the same bytes, the one listed first has them. */
export const builtInRecognisers: readonly Recogniser[] = [
  iban,
  paymentCard,
  email,
  ...nationalIdentifiers.filter(({ id }) => id === 'us-ssn'),
  phone,
  ipAddress,
  ...nationalIdentifiers.filter(({ id }) => id !== 'us-ssn'),
  ...documentRecognisers,
  ...financialRecognisers,
  ...onlineRecognisers,
  ...locationRecognisers,
  ...personRecognisers,
  ...healthRecognisers,
  ...specialRecognisers,
  ...credentialRecognisers,
]
