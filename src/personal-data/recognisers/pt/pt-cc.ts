import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

/** Luhn from the right over digits and letters, A being 10. */
function isRight(bytes: Uint8Array, start: number, end: number): boolean {
  let sum = 0
  let doubled = false
  for (let i = end - 1; i >= start; i--) {
    if (bytes[i] === 0x20) continue
    const value = bytes[i] <= 0x39 ? bytes[i] - 0x30 : (bytes[i] & ~0x20) - 0x37
    const twice = value > 4 ? value * 2 - 9 : value * 2
    sum += doubled ? twice : value
    doubled = !doubled
  }
  return sum % 10 === 0
}

export const ptCc: Recogniser = {
  id: 'pt-cc',
  name: 'Portuguese citizen card number',
  category: 'identity',
  country: 'pt',
  forms: [
    { expression: '\\d{8} ?\\d ?([A-Z][A-Z0-9]|\\d[A-Z])\\d', confidence: 0.4 },
    // Two letters tell the version of the card; digits are allowed as well.
    { expression: '\\d{12}', confidence: 0.05 },
  ],
  ignoreCase: true,
  check: ({ bytes, start, end }) => isRight(bytes, start, end),
  fieldNames: [
    'cc',
    'cartao cidadao',
    'cartao de cidadao',
    'cartão de cidadão',
    'numero cc',
    'citizen card',
    'documento',
    'documento identificacao',
    'bi',
    'numero cartao cidadao',
    'numero do cartao de cidadao',
    'cartao do cidadao',
    'cc number',
    'num cc',
    'n cc',
    'citizen card number',
    'bilhete de identidade',
    'bi number',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { pt: ['cartão de cidadão', 'cartão do cidadão', 'cc'], en: ['citizen card'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Agência para a Modernização Administrativa, Cartão de Cidadão: validação do número de documento',
  examples: {
    good: ['00000000 0 ZZ4', '000000000ZZ4', '000000000zz4'],
    bad: ['00000000 0 ZZ3', '00000000 0 ZZ', '0000000 0 ZZ4'],
  },
}
