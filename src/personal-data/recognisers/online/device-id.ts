import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isRandomToken, isUuid } from '../../values/opaque-id.ts'
import { namesOf } from '../names-of-fields.ts'

/** Of Android, 16 hexadecimal digits; of Apple, 40 or a UUID; push tokens are longer. Small numbers are a place in a list. */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (isUuid(bytes, start, end)) return 0.15
  if (isOfCloud(bytes, start)) return 0
  return isRandomToken(bytes, start, end, 12, 110) ? 0.1 : 0
}

/** `vol-0abcd1234ef567890`, `eni-…`, `i-…`: a disk, a network card, a machine of a data centre. */
function isOfCloud(bytes: Uint8Array, start: number): boolean {
  let at = start
  while (bytes[at] >= 0x61 && bytes[at] <= 0x7a) at++
  return at > start && at - start <= longestCloudPrefix && bytes[at] === 0x2d
}

const longestCloudPrefix = 4

export const deviceId: Recogniser = {
  id: 'device-id',
  name: 'Identifier of a device',
  category: 'online',
  forms: [],
  value: confidenceOf,
  fieldNames: namesOf(
    'device id, deviceid, device uuid, device identifier, android id, udid, device fingerprint, browser fingerprint',
    'device token, push token, fcm token, apns token, device serial, device serial number, phone serial',
    'hardware id, hwid, handset id, installation id, install id',
    'gerate id, geräte id, geraeteid, geratekennung, identifiant appareil, id appareil, identifiant de l appareil',
    'id dispositivo, id del dispositivo, identificador dispositivo, id do dispositivo, apparaat id, toestel id',
    'id urzadzenia, identyfikator urzadzenia, enhets id, enheds id, laitetunnus, id zarizeni, eszkoz azonosito',
    'id dispozitiv, cihaz kimligi, αναγνωριστικο συσκευης, 设备标识',
  ),
  notFieldNames: namesOf(
    'block device id, network device id, vendor device id, device type id, storage device id',
  ),
  contextWords: {},
  mask: (value) => maskMiddle(value, 4, 0),
  source: 'GDPR recital 30; Article 29 Working Party, Opinion 9/2014 on device fingerprinting',
  examples: {
    good: [
      '9774d56d682e549c',
      'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      '2b6f0cc904d137be2e1730235f5664094b831186',
      'R58M12ABCDE4F',
    ],
    bad: [
      '3',
      '1024',
      'sda1',
      'vol-0abcd1234ef567890',
      'null',
      '0000000000000000',
      'front-door-camera',
      'undefined',
    ],
  },
}
