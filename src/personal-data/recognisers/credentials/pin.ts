import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** Four to eight digits: fewer are a pin of a chip, more an identity number that some countries call so. */
const shortest = 4
const longest = 8

function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < shortest || end - start > longest) return 0
  for (let i = start; i < end; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return 0
  return 0.1
}

export const pin: Recogniser = {
  id: 'pin',
  name: 'PIN',
  category: 'credential',
  forms: [],
  value: confidenceOf,
  fieldNames: namesOf(
    'pin, pin code, pincode, pin number, user pin, card pin, sim pin, pin no, puk, puk code, unlock code',
    'geheimzahl, pin nummer, code pin, code secret, codigo pin, numero secreto, codice pin, codigo secreto, kod pin, pinkod',
    'pin kod, pinkode, pin koodi, tunnusluku, pin kodja, sifra pin, пин код',
  ),
  notFieldNames: namesOf(
    'gpio pin, pin mode, output pin, input pin, postal pin code, pin map, led pin, reset pin, clock pin, address pincode',
    'address pin code, area pin code, city pincode, location pincode',
  ),
  contextWords: {},
  mask: () => '****',
  source: 'ISO 9564-1: four to twelve digits; GDPR Art. 32(1)',
  examples: {
    good: ['1234', '0000', '482913', '12345678'],
    bad: ['12', '123', '123456789', '****', 'null', 'A5', '${pin}', '1.2.3'],
  },
}
