/**
 * What of the detectors counts, where that is otherwise than usual: it goes to the enforcers with the policy, and is in its history.
 * What is switched off is still looked at, so that it stays masked wherever it stands, and nothing has to be compiled anew.
 */
export interface DetectionChoices {
  /** By identifier of personal data. */
  personalData?: Readonly<Record<string, PersonalDataChoice>>
  /** Classes of attacks, and threats by name, that are not told of. */
  attacksOff?: readonly string[]
  threatsOff?: readonly string[]
  /** By name of a threat: what of it is looked for otherwise than its table, or the option that its enforcer was started with, says. */
  threats?: Readonly<Record<string, ThreatChoice>>
}

export interface ThreatChoice {
  on?: boolean
  /** In the unit of the threat. */
  threshold?: number
  /** In which time. */
  seconds?: number
}

export interface PersonalDataChoice {
  on: boolean
  /** Confidence from which it counts, 0 to 1; that of its category where it is left out. One below that changes nothing. */
  confidence?: number
}

/** What differs from another choice of the same, for people: `iban: off`, `email: from 0.8 on`. */
export function choiceTexts(choices: DetectionChoices): Map<string, string> {
  const { personalData = {}, attacksOff = [], threatsOff = [], threats = {} } = choices
  const texts = new Map<string, string>()
  for (const [id, { on, confidence }] of Object.entries(personalData)) {
    if (!on) texts.set(`detector ${id}`, 'off')
    else if (confidence !== undefined) texts.set(`detector ${id}`, `from confidence ${confidence} on`)
  }
  for (const name of attacksOff) texts.set(`attack ${name}`, 'off')
  for (const [name, choice] of Object.entries(threats)) texts.set(`threat ${name}`, threatText(choice))
  for (const name of threatsOff) texts.set(`threat ${name}`, 'off')
  return texts
}

function threatText({ on = true, threshold, seconds }: ThreatChoice): string {
  const from = threshold === undefined ? '' : ` from ${threshold} on`
  return `${on ? 'on' : 'off'}${from}${seconds === undefined ? '' : ` within ${seconds} s`}`
}
