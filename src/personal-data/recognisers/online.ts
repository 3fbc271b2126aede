import type { Recogniser } from '../recogniser.ts'
import { advertisingId } from './online/advertising-id.ts'
import { deviceId } from './online/device-id.ts'
import { iccid } from './online/iccid.ts'
import { identifyingCookie } from './online/identifying-cookie.ts'
import { imei } from './online/imei.ts'
import { imsi } from './online/imsi.ts'
import { macAddress } from './online/mac-address.ts'
import { userId } from './online/user-id.ts'
import { username } from './online/username.ts'

/** What people, their browsers and their devices are known by on the net, besides addresses. */
export const onlineRecognisers: readonly Recogniser[] = [
  imei,
  imsi,
  iccid,
  macAddress,
  advertisingId,
  deviceId,
  identifyingCookie,
  userId,
  username,
]
