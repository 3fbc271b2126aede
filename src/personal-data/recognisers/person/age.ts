import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { ageFieldNames, ageNotFieldNames, vagueAgeFieldNames, yearsOf } from './age-field.ts'

export const age: Recogniser = {
  id: 'age',
  name: 'Age of a person',
  category: 'identity',
  forms: [],
  // So low that `age` alone, which caches have, does not tell: the name of whose it is has to.
  value: (bytes, start, end) => (yearsOf(bytes, start, end) >= 0 ? 0.06 : 0),
  fieldNames: ageFieldNames,
  vagueFieldNames: vagueAgeFieldNames,
  notFieldNames: ageNotFieldNames,
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 0),
  source: 'GDPR Art. 4(1)',
  examples: {
    good: ['42', '16', '93', '37 years', '58 ans', '61 lat'],
    bad: ['3600', '-1', '1.5', '42 s', 'null', '0xff', '130', '42%'],
  },
}
