import type { PolicyRule, RuleEditsBody, SimulatedDenial } from '../../../../../src/api/contract/types.ts'
import { queryText, type UrlState } from '../../../url-state.ts'

/** A rule as the API takes it. */
export type GivenRule = NonNullable<RuleEditsBody['add']>[number]
type Requirements = NonNullable<GivenRule['requirements']>

/** A rule as it stands in a form, and in the address. */
export interface RuleFields {
  from: string
  to: string
  action: 'allow' | 'deny'
  /** By commas; empty: any. */
  applications: string
  ports: string
  priority: string
  /** Empty: not asked for; `any` version of TLS, or at least the one. */
  tls: '' | 'any' | 'TLSv1.2' | 'TLSv1.3'
  /** Whether categories are all that may cross, or may not. */
  data: '' | 'allowed' | 'forbidden'
  categories: string
}

export const emptyRule: RuleFields = {
  ...{ from: '', to: '', action: 'allow', applications: '', ports: '', priority: '0', tls: '', data: '' },
  categories: '',
}

/** What a rule may ask of the encryption of what it allows. */
export const tlsChoices: Record<RuleFields['tls'], string> = {
  '': 'need not be encrypted',
  any: 'has to be encrypted',
  'TLSv1.2': 'has to be encrypted, TLS 1.2 or newer',
  'TLSv1.3': 'has to be encrypted, TLS 1.3',
}

/** What a rule may ask of the personal data in what it allows. */
export const dataChoices: Record<RuleFields['data'], string> = {
  '': 'may carry any personal data',
  allowed: 'may carry only these categories',
  forbidden: 'may not carry these categories',
}

/** What the address says of a rule, the rest as in `base`. */
export function fieldsOf(state: UrlState, base: RuleFields = emptyRule): RuleFields {
  const given = Object.keys(emptyRule).flatMap((name) => {
    const value = state[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const fields = { ...base, ...Object.fromEntries(given) }
  return {
    ...fields,
    action: fields.action === 'deny' ? 'deny' : 'allow',
    tls: Object.hasOwn(tlsChoices, fields.tls) ? fields.tls : '',
    data: Object.hasOwn(dataChoices, fields.data) ? fields.data : '',
  }
}

/** Address of the form for a new rule. */
export function newRulePath({
  from,
  to,
  applications = [],
  ports = '',
}: {
  from: string
  to: string
  applications?: readonly string[]
  ports?: string
}): string {
  const known = applications.filter((name) => name !== 'unknown')
  return `/network${queryText({ view: 'rules', rule: 'new', from, to, applications: known.join(', '), ports })}`
}

/** What the form says, as the API takes it. */
export function ruleOf(fields: RuleFields): GivenRule {
  const { from, to, action, ports, priority } = fields
  const requirements = action === 'allow' ? requirementsOf(fields) : {}
  return {
    ...{ from: from.trim(), to: to.trim(), action, ports: ports.trim() },
    applications: listOf(fields.applications),
    priority: Math.min(100, Math.max(0, Math.round(Number(priority)) || 0)),
    ...(Object.keys(requirements).length > 0 && { requirements }),
  }
}

function requirementsOf({ tls, data, categories }: RuleFields): Requirements {
  const listed = listOf(categories) as Extract<
    NonNullable<Requirements['personalData']>,
    { allowed: unknown }
  >['allowed']
  return {
    ...(tls !== '' && { encryption: tls === 'any' ? {} : { minimumTlsVersion: tls } }),
    ...(data === 'allowed' && { personalData: { allowed: listed } }),
    ...(data === 'forbidden' && { personalData: { forbidden: listed } }),
  }
}

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'any')
}

/** A rule that there is, as a form has it. */
export function fieldsOfRule({
  from,
  to,
  action,
  applications,
  ports,
  priority,
  ...rule
}: PolicyRule): RuleFields {
  const { encryption, personalData = {} } = (rule.requirements ?? {}) as {
    encryption?: { minimumTlsVersion?: string }
    personalData?: { allowed?: string[]; forbidden?: string[] }
  }
  const { allowed, forbidden } = personalData
  const version = encryption?.minimumTlsVersion ?? 'any'
  const tls =
    encryption === undefined
      ? ''
      : Object.hasOwn(tlsChoices, version)
        ? (version as RuleFields['tls'])
        : 'any'
  return {
    ...{ from, to, action, applications: applications.join(', '), ports, priority: `${priority}`, tls },
    data: allowed ? 'allowed' : forbidden ? 'forbidden' : '',
    categories: (allowed ?? forbidden ?? []).join(', '),
  }
}

/** What a rule asks of what it allows, in words; nothing where it asks for nothing. */
export function askedText(rule: PolicyRule): string {
  const { tls, data, categories } = fieldsOfRule(rule)
  const parts = [
    ...(tls === '' ? [] : [tlsChoices[tls].replace('has to be ', '')]),
    ...(data === '' ? [] : [`${data === 'allowed' ? 'only' : 'not'} ${categories || 'any personal data'}`]),
  ]
  return parts.join('; ')
}

const trialMark = 'by a trial'

/** Whether the rule that is tried decided it. */
export function isOfTrial({ explanation }: SimulatedDenial): boolean {
  return explanation.decidedBy?.rule.source?.endsWith(trialMark) ?? false
}

/** Where a rule comes from, and whose it is. */
export function originText({ tier, source }: { tier: string; source?: string }): string {
  if (source?.endsWith(trialMark)) return 'the rule that is tried'
  return source === undefined ? tier : `${tier}: ${source}`
}
