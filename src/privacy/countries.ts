/**
 * Where personal data may go without more, and where a transfer needs a ground of its own: GDPR Chapter V. Territories with an
 * ISO code of their own that belong to no Member State's data protection area (Greenland, overseas countries) are third countries.
 *
 * The list is data with a date: when a decision is adopted, repealed or runs out, the row and `countryRulesDate` change.
 */
export const countryRulesDate = '2026-11-01'
export const countryRulesSource =
  'Agreement on the European Economic Area; adequacy decisions of the European Commission under Article 45 GDPR'

/** Member States, with Iceland, Liechtenstein and Norway; Réunion and others are parts of France that have codes of their own. */
const eea = new Set(
  (
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO ' +
    'AX GF GP MQ MF RE YT'
  ).split(' '),
)

interface AdequacyDecision {
  /** Number of the decision. */
  decision: string
  /** Absent: of everybody there. */
  onlyFor?: string
  /** Last day on which it holds, where it has one. */
  until?: string
}

/** By ISO 3166-1 alpha-2. */
export const adequacyDecisions: Readonly<Record<string, AdequacyDecision>> = {
  AD: { decision: '2010/625/EU' },
  AR: { decision: '2003/490/EC' },
  BR: { decision: '(EU) 2026/179' },
  CA: { decision: '2002/2/EC', onlyFor: 'organisations under PIPEDA' },
  CH: { decision: '2000/518/EC' },
  FO: { decision: '2010/146/EU' },
  GB: { decision: '(EU) 2021/1772', until: '2031-12-27' },
  GG: { decision: '2003/821/EC' },
  IL: { decision: '2011/61/EU', onlyFor: 'data that is processed automatically' },
  IM: { decision: '2004/411/EC' },
  JE: { decision: '2008/393/EC' },
  JP: { decision: '(EU) 2019/419', onlyFor: 'business operators under the APPI' },
  KR: { decision: '(EU) 2022/254' },
  NZ: { decision: '2013/65/EU' },
  US: {
    decision: '(EU) 2023/1795',
    onlyFor: 'organisations certified under the EU-US Data Privacy Framework',
  },
  UY: { decision: '2012/484/EU' },
}

/**
 * `eea`: no transfer to a third country at all. `full`: adequate as a whole. `partial`: only for some there, which somebody has to have
 * looked at. `none`: a transfer needs safeguards or a derogation.
 */
export type Adequacy = 'eea' | 'full' | 'partial' | 'none'

/**
 * @param country ISO 3166-1 alpha-2
 * @param at - in ms since 1970: a decision holds until the end of its last day, UTC
 */
export function adequacyOf(country: string, at: number): Adequacy {
  if (eea.has(country)) return 'eea'
  if (!Object.hasOwn(adequacyDecisions, country)) return 'none'
  const { onlyFor, until } = adequacyDecisions[country]
  if (isOver(until, at)) return 'none'
  return onlyFor === undefined ? 'full' : 'partial'
}

const dayMs = 24 * 60 * 60_000

function isOver(until: string | undefined, at: number): boolean {
  return until !== undefined && at >= Date.parse(until) + dayMs
}

/** What holds of a country, in words for people. @param at - as above */
export function adequacyText(country: string, at: number): string {
  if (eea.has(country)) return `${country} is in the European Economic Area`
  if (!Object.hasOwn(adequacyDecisions, country)) return `no adequacy decision speaks of ${country}`
  const { decision, onlyFor, until } = adequacyDecisions[country]
  if (isOver(until, at)) return `decision ${decision} on ${country} has run out on ${until}`
  return `decision ${decision} speaks of ${country}${onlyFor === undefined ? '' : `, only for ${onlyFor}`}`
}
