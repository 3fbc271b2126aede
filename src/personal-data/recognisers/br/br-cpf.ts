import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const weights = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]

export const brCpf: Recogniser = {
  id: 'br-cpf',
  name: 'Brazilian individual taxpayer number (CPF)',
  category: 'identity',
  country: 'br',
  forms: [
    { expression: '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', confidence: 0.99 },
    { expression: '\\d{9}-\\d{2}', confidence: 0.85 },
    // One in a hundred numbers of eleven digits passes.
    { expression: '\\d{11}', confidence: 0.55 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    // A digit is what its sum, times ten, leaves of eleven; the second sum counts the first digit too.
    const first = ((digits.weighted(weights.slice(1)) * 10) % 11) % 10
    const second = ((digits.weighted(weights) * 10) % 11) % 10
    return !digits.areEqual() && first === digits.at(9) && second === digits.at(10)
  },
  fieldNames: [
    'cpf',
    'numero cpf',
    'cpf number',
    'nr cpf',
    'cadastro de pessoa fisica',
    'cadastro pessoa fisica',
    'cpf cnpj',
    'documento',
    ...taxNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: { pt: ['cpf', 'cadastro de pessoas'], en: ['cpf'] },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Receita Federal (Brazil), Instrução Normativa RFB 2.172/2024',
  examples: {
    good: ['595.224.140-93', '193.817.842-48', '265.009.520-22', '11144477735'],
    bad: ['111.444.777-36', '11144477736', '11111111111', '111.444.777-3'],
  },
}
