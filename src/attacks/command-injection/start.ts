import { isBlank, skipBlanks } from '../characters.ts'
import { limits } from './limits.ts'

/** Over blanks, brackets that group, variables that are set, and what runs the command that follows. */
export function skipToCommand(lower: string, at: number): number {
  const end = Math.min(lower.length, at + limits.beforeCommand)
  let i = at
  while (i < end) {
    const code = lower.charCodeAt(i)
    if (isBlank(code) || skipped[code] === 1) {
      if (code === DOLLAR && lower[i + 1] !== '(') {
        const blank = blankExpansion(lower, i)
        if (blank === 0) return i
        i += blank
      } else i++
    } else if (isRunner(lower, i)) i = skipBlanks(lower, lower.indexOf(' ', i))
    else return i
  }
  return i
}

const DOLLAR = 0x24

const skipped = new Uint8Array(128)
for (const character of '+({!@"\'|&;$') skipped[character.charCodeAt(0)] = 1

/** Length of `$IFS`, `${IFS}`, `$IFS$9` at `at`, 0 if there is none. */
function blankExpansion(lower: string, at: number): number {
  if (lower.startsWith('${ifs', at)) {
    const close = lower.indexOf('}', at)
    return close < 0 || close > at + limits.expansionLength ? 0 : close + 1 - at
  }
  if (!lower.startsWith('$ifs', at)) return 0
  return lower[at + 4] === '$' ? 6 : 4
}

const runners = ['sudo ', 'exec ', 'nohup ', 'time ', 'command ', 'env ', 'start ', 'call ']

/** By their first character. */
const runnersByStart: (readonly string[] | undefined)[] = []
for (const runner of runners)
  runnersByStart[runner.charCodeAt(0)] = runners.filter((each) => each[0] === runner[0])

function isRunner(lower: string, at: number): boolean {
  const candidates = runnersByStart[lower.charCodeAt(at)]
  if (candidates === undefined) return false
  for (const runner of candidates) if (lower.startsWith(runner, at)) return true
  return false
}
