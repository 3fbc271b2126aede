import { maskMiddle } from '../masking.ts'
import type { Recogniser } from '../recogniser.ts'
import { checkOf, checksums } from './checksums.ts'
import type { RecogniserDefinition, RuleDefinition } from './definition.ts'

/** A recogniser like the built-in ones, from what its user wrote. */
export function customRecogniser(definition: RecogniserDefinition): Recogniser {
  const { id, name, category, country, checksum, mask, forms } = definition
  const source =
    checksum === undefined ? definition.source : `${definition.source}; ${checksums[checksum].about}`
  return {
    ...{ id, name, category, source },
    ...(country === undefined ? {} : { country }),
    ...(checksum === undefined ? {} : { check: checkOf(checksum) }),
    ignoreCase: definition.ignoreCase,
    forms,
    mayBeJoined: definition.mayBeJoined,
    fieldNames: definition.fieldNames,
    vagueFieldNames: definition.vagueFieldNames,
    notFieldNames: definition.notFieldNames,
    contextWords: definition.contextWords,
    mask: (value) => maskMiddle(value, mask.first, mask.last),
    examples: definition.examples,
  }
}

/** Letters and digits of what a rule matched that are shown: what it is about is not known. */
const shownLast = 2

/** What findings of a rule say that they are of. */
export function ruleRecogniser(definition: RuleDefinition): Recogniser {
  const { id, sensor, rule, comment, category, isAttack } = definition
  return {
    ...(isAttack && { attackSensor: sensor }),
    id,
    name: `${rule} (${comment === '' ? sensor : comment})`,
    category,
    forms: [],
    fieldNames: [],
    contextWords: {},
    mask: (value) => maskMiddle(value, 0, shownLast),
    source: `${sensor} (NeuVector ${isAttack === true ? 'WAF' : 'DLP'} sensor)`,
    examples: { good: [], bad: [] },
  }
}
