import { AttackExceptions } from '../attacks/exceptions.ts'
import type { AttackException } from '../model/attack-exception.ts'
import type { DetectionChoices, PersonalDataChoice } from '../policy/detection.ts'

/** What of the detectors counts, as it was chosen last: one object for all that an engine asks. */
export class DetectionChoice {
  #personalData: ReadonlyMap<string, PersonalDataChoice> = new Map()
  /** Classes of attacks that do not count. */
  readonly attacksOff = new Set<string>()
  /** Names of threats that are not told of. */
  readonly threatsOff = new Set<string>()

  /** What is an attack elsewhere and is none here. */
  readonly attackExceptions = new AttackExceptions()

  choose(
    { personalData = {}, attacksOff = [], threatsOff = [] }: DetectionChoices,
    exceptions: readonly AttackException[] = [],
  ): void {
    this.#personalData = new Map(Object.entries(personalData))
    this.attackExceptions.replace(exceptions)
    replace(this.attacksOff, attacksOff)
    replace(this.threatsOff, threatsOff)
  }

  /** Whether a value counts that was found with this confidence. */
  counts(identifier: string, confidence: number): boolean {
    const choice = this.#personalData.get(identifier)
    return choice === undefined || (choice.on && confidence >= (choice.confidence ?? 0))
  }
}

function replace(set: Set<string>, names: readonly string[]): void {
  set.clear()
  for (const name of names) set.add(name)
}
