import { signatureLimits } from '../limits.ts'

/** A rule as it is written. */
export interface RuleText {
  /** From 1. */
  line: number
  action: string
  protocol: string
  /** Addresses and ports, of both ends. */
  ends: { from: string; fromPorts: string; to: string; toPorts: string }
  options: readonly RuleOption[]
}

export interface RuleOption {
  name: string
  /** Without blanks at its ends; undefined where there is no colon. */
  value: string | undefined
}

/** What is wrong with a rule. Thrown while it is read, and told of as a problem. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
}

/** Rules of a file, with a backslash at the end of a line going on on the next; what cannot be read as one goes to `refuse`. */
export function* readRuleTexts(
  text: string,
  refuse: (line: number, message: string) => void,
): Generator<RuleText> {
  let begun = ''
  let began = 0
  for (const [i, line] of text.split('\n').entries()) {
    if (begun === '') began = i + 1
    const trimmed = line.trim()
    if (begun === '' && (trimmed === '' || trimmed.startsWith('#'))) continue
    const goesOn = trimmed.endsWith('\\')
    begun += goesOn ? trimmed.slice(0, -1) : trimmed
    if (goesOn && begun.length <= signatureLimits.ruleCharacters) continue
    const whole = begun
    begun = ''
    try {
      yield readRuleText(whole, began)
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error
      refuse(began, error.message)
    }
  }
}

/** @throws SignatureError */
function readRuleText(text: string, line: number): RuleText {
  if (text.length > signatureLimits.ruleCharacters)
    throw new SignatureError(`it has more than ${signatureLimits.ruleCharacters} characters`)
  const open = text.indexOf('(')
  if (open < 0 || !text.endsWith(')')) throw new SignatureError('its options are not in parentheses')
  const head = withoutBlanksInLists(text.slice(0, open))
    .split(/\s+/)
    .filter((word) => word !== '')
  const [action, protocol, from, fromPorts, arrow, to, toPorts, ...rest] = head
  if (toPorts === undefined || rest.length > 0 || (arrow !== '->' && arrow !== '<>'))
    throw new SignatureError('it does not begin with action, protocol, address, port, -> , address, port')
  const options = readOptions(text.slice(open + 1, -1))
  return { line, action, protocol, ends: { from, fromPorts, to, toPorts }, options }
}

/** `[80, 443]` is one word. */
function withoutBlanksInLists(text: string): string {
  let depth = 0
  let kept = ''
  for (const character of text) {
    if (character === '[') depth++
    if (character === ']') depth--
    if (depth === 0 || character.trim() !== '') kept += character
  }
  return kept
}

/** Options end at semicolons that no backslash stands before. */
function readOptions(text: string): RuleOption[] {
  const options: RuleOption[] = []
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === ';' || i === text.length) {
      const option = text.slice(start, i).trim()
      start = i + 1
      if (option !== '') options.push(readOption(option))
    }
  }
  return options
}

function readOption(text: string): RuleOption {
  const colon = text.indexOf(':')
  if (colon < 0) return { name: text.toLowerCase(), value: undefined }
  return { name: text.slice(0, colon).trim().toLowerCase(), value: text.slice(colon + 1).trim() }
}
