import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { taxNames, nationalNames } from '../national-names.ts'

const zero = 0x30

export const inPan: Recogniser = {
  id: 'in-pan',
  name: 'Indian permanent account number (PAN) of a person',
  category: 'identity',
  country: 'in',
  // The fourth letter is the holder's kind: P is a person, H a family. Its last letter is a check, of a rule that is not public.
  forms: [{ expression: '[A-Z]{3}[PH][A-Z]\\d{4}[A-Z]', confidence: 0.8 }],
  check: ({ bytes, start }) => {
    for (let i = start + 5; i < start + 9; i++) if (bytes[i] !== zero) return true
    return false
  },
  fieldNames: ['pan', 'pan number', 'pan no', 'pan card', 'permanent account number', 'pancard', ...taxNames],
  sharedFieldNames: nationalNames,
  contextWords: { en: ['pan', 'permanent account number', 'income tax'] },
  mask: (value) => maskMiddle(value, 0, 3),
  source: 'Income Tax Act 1961 (India), section 139A; Income Tax Department, structure of PAN',
  examples: {
    good: ['ABCPE1234F', 'AFZPK7190K', 'BNZPM2501F'],
    bad: ['ABCXE1234F', 'ABCPE0000F', 'ABCPE123F', 'ABCPEF1234'],
  },
}
