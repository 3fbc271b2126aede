import type { Recogniser } from '../recogniser.ts'
import { drivingLicence } from './documents/driving-licence.ts'
import { identityCardNumber } from './documents/identity-card-number.ts'
import { passportNumber } from './documents/passport-number.ts'
import { residencePermit } from './documents/residence-permit.ts'
import { usDriverLicense } from './documents/us-driver-license.ts'
import { vehiclePlate } from './documents/vehicle-plate.ts'
import { vin } from './documents/vin.ts'

/** Numbers of what people prove with who they are, and of their vehicles: mostly told by the field. */
export const documentRecognisers: readonly Recogniser[] = [
  passportNumber,
  usDriverLicense,
  drivingLicence,
  identityCardNumber,
  residencePermit,
  vehiclePlate,
  vin,
]
