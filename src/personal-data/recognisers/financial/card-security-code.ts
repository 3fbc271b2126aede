import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** Three digits, or four on cards of American Express. */
function isSecurityCode(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length !== 3 && length !== 4) return false
  for (let i = start; i < end; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return false
  return true
}

export const cardSecurityCode: Recogniser = {
  id: 'card-security-code',
  name: 'Security code of a payment card',
  category: 'financial',
  forms: [],
  value: (bytes, start, end) => (isSecurityCode(bytes, start, end) ? 0.2 : 0),
  fieldNames: namesOf(
    'cvv, cvc, cvv2, cvc2, csc, cvn, cvv code, cvc code, card cvv, card cvc, card verification, card verification value',
    'card verification code, card verification number, card security code, card code, cc cvv, cc cvc, verification value',
    'kartenprufnummer, kartenprüfnummer, kartenpruefnummer, cryptogramme, cryptogramme visuel, code verification carte',
    'codigo de seguridad tarjeta, codigo seguridad tarjeta, codice di sicurezza carta, codigo de seguranca cartao',
    'kod cvv, kod cvc, cvc kod, cvv kod, cvc koodi, kontrolsiffer kort, guvenlik kodu kart',
  ),
  vagueFieldNames: namesOf(
    'security code, codigo de seguridad, code de securite, codice di sicurezza, codigo de seguranca',
  ),
  notFieldNames: namesOf('cvv result, cvv result code, cvv check, cvc check, cvv response'),
  contextWords: {},
  mask: () => '***',
  source:
    'PCI DSS 4.0, sensitive authentication data: must not be stored after authorization (requirement 3.3.1.2)',
  examples: {
    good: ['123', '1234', '000', '907'],
    bad: ['12', '12345', 'pass', 'null', '***', '1.3', '12a'],
  },
}
