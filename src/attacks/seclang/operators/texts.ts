import { isWordCode } from '../../characters.ts'
import { leadingNumber } from '../leading-number.ts'
import type { Operator, OperatorFactory } from './operator.ts'

/** Operators that hold a value against a text, macros in which are taken out for each value. */
function comparing(compare: (value: string, argument: string) => boolean): OperatorFactory {
  return (argument) => {
    if (!argument.includes('%{')) return (value) => compare(value, argument)
    return (value, scope) => compare(value, scope.expand(argument))
  }
}

export const streq = comparing((value, argument) => value === argument)
export const contains = comparing((value, argument) => value.includes(argument))
export const beginsWith = comparing((value, argument) => value.startsWith(argument))
export const endsWith = comparing((value, argument) => value.endsWith(argument))
/** The value is a part of the argument. */
export const within = comparing((value, argument) => argument.includes(value))
export const containsWord = comparing(hasWord)

export const eq = comparing((value, argument) => leadingNumber(value) === leadingNumber(argument))
export const ge = comparing((value, argument) => leadingNumber(value) >= leadingNumber(argument))
export const gt = comparing((value, argument) => leadingNumber(value) > leadingNumber(argument))
export const le = comparing((value, argument) => leadingNumber(value) <= leadingNumber(argument))
export const lt = comparing((value, argument) => leadingNumber(value) < leadingNumber(argument))

export const unconditionalMatch: OperatorFactory = () => () => true
export const noMatch: OperatorFactory = () => never

const never: Operator = () => false

function hasWord(value: string, word: string): boolean {
  if (word === '') return true
  for (let at = value.indexOf(word); at >= 0; at = value.indexOf(word, at + 1)) {
    const isBegin = at === 0 || !isWordCode(value.charCodeAt(at - 1))
    const end = at + word.length
    if (isBegin && (end === value.length || !isWordCode(value.charCodeAt(end)))) return true
  }
  return false
}
