import type { Case } from '../../../../src/api/contract/types.ts'

/* What can be chosen of a severity, in the words of ENISA's method of 2013. */

export type ChoiceName =
  | 'contextAdjustment'
  | 'ease'
  | 'confidentiality'
  | 'integrity'
  | 'availability'
  | 'malicious'

export interface SeverityChoice {
  name: ChoiceName
  label: string
  /** Names by value; '' stands for what is suggested. */
  choices: Readonly<Record<string, string>>
}

/** By class of data: what raises it and what lowers it. */
const adjustments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  simple: {
    '+1': 'volume or nature allows assumptions on social or financial status',
    '+2': 'allows assumptions on health, sexual life, political or religious belief',
    '+3': 'critical for the safety of a vulnerable person, such as a minor',
  },
  behavioural: {
    '-1': 'no substantial insight, or easily had from public sources',
    '+1': 'a profile of everyday life',
    '+2': 'a profile based on sensitive data',
  },
  financial: {
    '-2': 'no insight into finances',
    '-1': 'some, without significant insight, such as an account number alone',
    '+1': 'full financial data that enables fraud',
  },
  sensitive: {
    '-3': 'no substantial insight, or public',
    '-2': 'only general assumptions',
    '-1': 'assumptions on sensitive information',
  },
}

/** What can be chosen for a case; adjustments are those that its class of data has. */
export function choicesFor({ severity: { context } }: Case): SeverityChoice[] {
  const known = Object.entries(adjustments[context.class ?? ''] ?? {})
  return [
    {
      name: 'contextAdjustment',
      label: 'Data processing context: raise or lower its class',
      choices: {
        ...{ '': 'As suggested: neither' },
        ...Object.fromEntries(known.map(([by, why]) => [`${Number(by)}`, `${by}: ${why}`])),
      },
    },
    {
      name: 'ease',
      label: 'Ease of identification',
      choices: {
        ...{ '': 'As suggested', '0.25': '0.25: negligible', '0.5': '0.5: limited' },
        ...{ '0.75': '0.75: significant', '1': '1: maximum' },
      },
    },
    {
      name: 'confidentiality',
      label: 'Loss of confidentiality',
      choices: {
        ...{ '': 'As suggested', '0': '0: exposed, without evidence of illegal processing' },
        ...{ '0.25': '0.25: known recipients', '0.5': '0.5: unknown number of recipients' },
      },
    },
    {
      name: 'integrity',
      label: 'Loss of integrity',
      choices: {
        ...{ '': 'As suggested: none', '0': '0: changed, without identified use' },
        ...{ '0.25': '0.25: changed and used, recoverable', '0.5': '0.5: changed and used, for good' },
      },
    },
    {
      name: 'availability',
      label: 'Loss of availability',
      choices: {
        ...{ '': 'As suggested: none', '0': '0: recovered without difficulty' },
        ...{ '0.25': '0.25: for a time', '0.5': '0.5: for good' },
      },
    },
    {
      name: 'malicious',
      label: 'Malicious intent',
      choices: { '': 'As suggested: none', false: 'No', true: 'Yes: adds 0.5' },
    },
  ]
}

/** What was chosen, as a field of the form has it. */
export function chosenText(breach: Case, name: ChoiceName): string {
  const choice = (breach.severityChoices as Partial<Record<ChoiceName, number | boolean>>)[name]
  return choice === undefined ? '' : `${choice}`
}

/** What the form changes, as the API takes it: null goes back to what is suggested. */
export function severityChange(breach: Case, chosen: ReadonlyMap<ChoiceName, string>): object {
  const changed = [...chosen].filter(([name, text]) => text !== chosenText(breach, name))
  return Object.fromEntries(changed.map(([name, text]) => [name, valueOf(name, text)]))
}

function valueOf(name: ChoiceName, text: string): number | boolean | null {
  if (text === '') return null
  return name === 'malicious' ? text === 'true' : Number(text)
}
