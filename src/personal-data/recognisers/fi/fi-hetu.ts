import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { identityNames, nationalNames } from '../national-names.ts'

const letters = Buffer.from('0123456789ABCDEFHJKLMNPRSTUVWXY')
const signPlace = 6

/** First year of the century that the sign stands for; letters were added in 2023. */
function century(sign: number): number {
  if (sign === 0x2b) return 1800
  return sign !== 0x2d && (sign & ~0x20) <= 0x46 ? 2000 : 1900
}

export const fiHetu: Recogniser = {
  id: 'fi-hetu',
  name: 'Finnish personal identity code',
  category: 'identity',
  country: 'fi',
  forms: [{ expression: '\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]', confidence: 0.97 }],
  ignoreCase: true,
  check: ({ bytes, start, end }) => {
    const last = bytes[end - 1]
    const digits = digitsOf({ bytes, start, end: end - 1 })
    const check = letters[(digits.number(0, 6) * 1000 + digits.number(6, 9)) % 31]
    const year = century(bytes[start + signPlace]) + digits.number(4, 6)
    const isRight = check === (last > 0x39 ? last & ~0x20 : last)
    return isRight && isDate(year, digits.number(2, 4), digits.number(0, 2)) && digits.number(6, 9) >= 2
  },
  fieldNames: [
    'hetu',
    'henkilotunnus',
    'henkilötunnus',
    'personbeteckning',
    'personal identity code',
    'sotu',
    'henkilotunnukset',
    'henkilo tunnus',
    'hetu tunnus',
    'finnish id',
    ...identityNames,
  ],
  sharedFieldNames: nationalNames,
  contextWords: {
    fi: ['henkilötunnus', 'hetu', 'sotu'],
    sv: ['personbeteckning'],
    en: ['personal identity code'],
  },
  mask: (value) => maskMiddle(value, 0, 2),
  source: 'Government decree 128/2010 and 690/2022 (Finland), Digital and Population Data Services Agency',
  examples: {
    good: ['131052-308T', '131052-308t', '010101A0101', '150385Y9046'],
    bad: ['131052-308U', '321052-308T', '131352-308T', '131052308T'],
  },
}
