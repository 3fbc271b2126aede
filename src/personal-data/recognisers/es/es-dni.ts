import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** The check letter by the number's remainder of 23. */
const letters = Buffer.from('TRWAGMYFPDXBNJZSQVHLCKE')
const X = 0x58

/** Number of a DNI, or of a NIE whose X, Y or Z stands for 0, 1 or 2, or of a NIF with another letter, which does not count. */
function isDni(bytes: Uint8Array, start: number, end: number): boolean {
  let number = 0
  for (let i = start; i < end - 1; i++) {
    const digit = bytes[i] - 0x30
    const upper = bytes[i] & ~0x20
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
    else if (i === start && upper >= X && upper <= X + 2) number = upper - X
  }
  return number > 0 && letters[number % 23] === (bytes[end - 1] & ~0x20)
}

export const esDni: Recogniser = {
  id: 'es-dni',
  name: 'Spanish identity number (DNI, NIE)',
  category: 'identity',
  country: 'es',
  forms: [
    { expression: '\\d{8}-[A-HJ-NP-TV-Z]', confidence: 0.9 },
    { expression: '\\d{8}[A-HJ-NP-TV-Z]', confidence: 0.75 },
    { expression: '\\d{2}\\.\\d{3}\\.\\d{3}-?[A-HJ-NP-TV-Z]', confidence: 0.95 },
    { expression: '\\d{8} [A-HJ-NP-TV-Z]', confidence: 0.45 },
    // X, Y, Z: foreigners. K, L, M: minors, residents abroad and foreigners that have no other number.
    { expression: '[K-MXYZ]-?\\d{7}-?[A-HJ-NP-TV-Z]', confidence: 0.75 },
  ],
  ignoreCase: true,
  check: ({ bytes, start, end }) => isDni(bytes, start, end),
  fieldNames: [
    'dni',
    'nif',
    'nie',
    'documento',
    'documento identidad',
    'documento de identidad',
    'numero de documento',
    'dni nie',
    'nif nie',
    'dni number',
    'numero dni',
    'num dni',
    'nie number',
    'numero nie',
    'documento nacional de identidad',
    'numero documento',
    'num documento',
    'nro documento',
    'numero de identidad',
    'numero de identificacion',
    'identificacion fiscal',
    'numero de identificacion fiscal',
    'id fiscal',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { es: ['dni', 'nif', 'nie', 'documento', 'identidad'], en: ['dni', 'nie'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Real Decreto 1553/2005 (DNI), Real Decreto 557/2011 (NIE): letter by the remainder of 23',
  examples: {
    good: [
      '12345678Z',
      '12345678-z',
      'X1234567L',
      '86615524P',
      '67.946.535-G',
      '12345678 Z',
      'Y-1234567-X',
      'L1234567L',
    ],
    bad: ['12345678A', '00000000T', 'X1234567M', '1234567Z', '12345678'],
  },
}
