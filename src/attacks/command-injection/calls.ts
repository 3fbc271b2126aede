import { lastBefore, skipBlanks } from '../characters.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'
import type { Scene } from './separated.ts'

/** Calls whose names sentences and scripts of pages know too: their argument has to be a string, or a variable of a request. */
const calls = [
  'system(',
  'exec(',
  'popen(',
  'assert(',
  'eval(',
  'include(',
  'require(',
  'include_once(',
  'require_once(',
  'print(',
  'sleep(',
  'fopen(',
  'spawn(',
  'execfile(',
  'unserialize(',
  'compile(',
] as const

/** Calls whose argument says whether they are meant. */
export function judgeCalls({ view: { lower }, sink, talk }: Scene): void {
  for (const call of calls) {
    const rule = callRule(lower, call)
    if (rule !== undefined) sink.report(talk.isProse ? rules.codeWords : rule)
  }
}

function callRule(lower: string, call: string): typeof rules.code | undefined {
  let at = lower.indexOf(call)
  for (let n = 0; at >= 0 && n < limits.calls; n++) {
    if (!isInName(lower, at)) {
      const argument = lower[skipBlanks(lower, at + call.length)] ?? ''
      if (argument !== '' && '"\'$`\\'.includes(argument)) return rules.code
      if (call === 'sleep(' && lastBefore(lower, at) < 0) return rules.code
    }
    at = lower.indexOf(call, at + 1)
  }
  return undefined
}

/** `filesystem(`, `.include(`: part of another name. */
function isInName(lower: string, at: number): boolean {
  const before = lower.charCodeAt(at - 1)
  return (
    (before >= 0x61 && before <= 0x7a) ||
    before === 0x5f ||
    before === 0x2e ||
    (before >= 0x30 && before <= 0x39)
  )
}
