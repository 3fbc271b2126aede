import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import { isBlank, skipBlanks } from '../characters.ts'
import { knownCommands } from './commands.ts'
import { limits } from './limits.ts'

/** A word where a shell would look for a command. */
export interface CommandWord {
  /** Lower case, without path, quotes, escapes, `.exe` and version. */
  readonly name: string
  readonly end: number
  /** Whether quotes, escapes or empty expansions stood between its letters: nobody writes `w'h'oami` but to hide it. */
  readonly isDisguised: boolean
  /** Whether it is a path with `?`, `*` or `[`: `/b?n/c?t`. */
  readonly isGlob: boolean
  /** Whether it is a path from the root: `/usr/bin/id`. */
  readonly isPath: boolean
}

/** Reads the word at `at` as sh and cmd.exe expand it: quotes, `\x`, `^`, `$@`, `$9`, `${x}`, `` `` `` and `$()` vanish. */
export function readCommandWord(lower: string, at: number): CommandWord {
  const plainEnd = endOfPlain(lower, at)
  if (!isTaken(lower, plainEnd)) return plainWord(lower, at, plainEnd)
  const word = new Word()
  let i = at
  const end = Math.min(lower.length, at + limits.wordLength)
  while (i < end) {
    const next = word.take(lower, i)
    if (next < 0) break
    i = next
  }
  return word.finish(i)
}

/** By the first two characters and the length of a name, whether one of a command has the same: some in a hundred words do. */
const mayBeKnown = new Uint8Array(1 << 13)
const beginsName = new Uint8Array(128)
for (const name of knownCommands) {
  mayBeKnown[sketchOf(name, 0, name.length)] = 1
  beginsName[name.charCodeAt(0)] = 1
}

function sketchOf(text: string, start: number, length: number): number {
  const second = length > 1 ? text.charCodeAt(start + 1) : 0
  return ((text.charCodeAt(start) & 31) << 8) | ((second & 31) << 3) | (length & 7)
}

/** Whether the word at `at` is no command's, as its sketch tells: most are not, and are not read any further. */
export function isNoCommand(lower: string, at: number): boolean {
  const end = endOfPlain(lower, at)
  // Wildcards are of paths from the root; elsewhere a word ends there.
  if (isTaken(lower, end) && (lower[at] === '/' || !'?*[]'.includes(lower[end]))) return false
  let first = at
  let hasDot = false
  for (let i = at; i < end; i++) {
    const code = lower.charCodeAt(i)
    if (code === DOT) hasDot = true
    else if (code === SLASH) {
      first = i + 1
      hasDot = false
    }
  }
  if (first === end || beginsName[lower.charCodeAt(first)] === 0) return true
  if (hasDot || mayBeKnown[sketchOf(lower, first, end - first)] === 1) return false
  let version = end
  while (version > first + 2 && isDigit(lower.charCodeAt(version - 1))) version--
  return mayBeKnown[sketchOf(lower, first, version - first)] === 0
}

const DOT = 0x2e
const SLASH = 0x2f

function endOfPlain(lower: string, at: number): number {
  const end = Math.min(lower.length, at + limits.wordLength)
  let i = at
  while (i < end && isPlain(lower.charCodeAt(i))) i++
  return i
}

/** Whether what stands at `i` may belong to a word without being plain. */
function isTaken(lower: string, i: number): boolean {
  return i < lower.length && '\'"^\\$`?*[]'.includes(lower[i])
}

function plainWord(lower: string, at: number, end: number): CommandWord {
  const text = lower.slice(at, end)
  return { name: nameIn(text), end, isDisguised: false, isGlob: false, isPath: isProgramPath(text) }
}

function nameIn(text: string): string {
  return withoutSuffix(text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1))
}

/** `/usr/bin/id`, `c:\windows\x`, `./x`, and what is left of a path whose first slash was taken. */
function isProgramPath(text: string): boolean {
  if (!text.includes('/') && !text.includes('\\')) return false
  return (
    text.startsWith('/') ||
    text[1] === ':' ||
    text.startsWith('usr/') ||
    text.startsWith('bin/') ||
    text.startsWith('./')
  )
}

class Word {
  #text = ''
  #hidden = 0
  #isDisguised = false
  #isGlob = false

  /** Takes what stands at `i`; -1 where the word ends. */
  take(lower: string, i: number): number {
    const code = lower.charCodeAt(i)
    if (isPlain(code)) return this.#add(lower[i], i + 1)
    const character = lower[i]
    if (character === "'" || character === '"' || character === '^') return this.#hide(i + 1)
    if (character === '\\') return this.#takeEscape(lower, i)
    if (character === '$') return this.#takeExpansion(lower, i)
    if (character === '`' && lower[i + 1] === '`') return this.#hide(i + 2)
    if (
      (character === '?' || character === '*' || character === '[' || character === ']') &&
      this.#text.startsWith('/')
    ) {
      this.#isGlob = true
      return this.#add(character, i + 1)
    }
    return -1
  }

  #add(character: string, next: number): number {
    if (this.#hidden > 0 && this.#text !== '' && isAsciiLetter(character.charCodeAt(0)))
      this.#isDisguised = true
    this.#hidden = 0
    this.#text += character
    return next
  }

  #hide(next: number): number {
    this.#hidden++
    return next
  }

  /** `w\hoami`; behind a drive `\` parts folders. */
  #takeEscape(lower: string, i: number): number {
    if (this.#text.includes(':') || this.#text.includes('\\') || this.#text === '.')
      return this.#add('\\', i + 1)
    return isAsciiLetter(lower.charCodeAt(i + 1)) ? this.#hide(i + 1) : -1
  }

  #takeExpansion(lower: string, i: number): number {
    const next = lower[i + 1]
    if (lower.startsWith('$ifs', i) || lower.startsWith('${ifs', i)) return -1
    if (next === '@' || next === '*' || next === '!' || next === '-' || isDigit(lower.charCodeAt(i + 1)))
      return this.#hide(i + 2)
    if (lower.startsWith('$()', i)) return this.#hide(i + 3)
    if (next !== '{')
      return this.#text !== '' && isAsciiLetter(lower.charCodeAt(i + 1)) ? this.#hide(i + 2) : -1
    const close = lower.indexOf('}', i)
    return close < 0 || close > i + limits.expansionLength ? -1 : this.#hide(close + 1)
  }

  finish(end: number): CommandWord {
    const text = this.#text
    return {
      name: nameIn(text),
      end,
      isDisguised: this.#isDisguised,
      isGlob: this.#isGlob,
      isPath: isProgramPath(text),
    }
  }
}

function isPlain(code: number): boolean {
  return (
    isAsciiLetter(code) ||
    isDigit(code) ||
    code === 0x2e ||
    code === 0x2d ||
    code === 0x5f ||
    code === 0x2f ||
    code === 0x3a
  )
}

const suffixes = ['.exe', '.com', '.bat', '.cmd']

/** Without `.exe` and a version; names that end in a digit of their own are kept. */
function withoutSuffix(name: string): string {
  if ((!name.includes('.') && !isDigit(name.charCodeAt(name.length - 1))) || knownCommands.has(name))
    return name
  for (const suffix of suffixes) if (name.endsWith(suffix)) return name.slice(0, -suffix.length)
  let end = name.length
  while (end > 2 && (isDigit(name.charCodeAt(end - 1)) || name[end - 1] === '.')) end--
  return end === name.length ? name : name.slice(0, end)
}

/** What follows a command's name. */
export const Following = {
  /** Something that no command is followed by: `id=`, `type:`. */
  nothingOfAShell: 0,
  /** A word of letters, as in a sentence. */
  word: 1,
  /** The end of the command: the end of the value, a separator, the end of a substitution. */
  end: 2,
  /** What arguments of commands look like: an option, a path, an address, a variable, a redirection. */
  argument: 3,
} as const

export function following(lower: string, end: number): number {
  if (end >= lower.length) return Following.end
  const code = lower.charCodeAt(end)
  const character = lower[end]
  if (character === '$' || character === '<' || character === '>') return Following.argument
  if (character === '{' && lower[end - 1] !== ' ') return Following.nothingOfAShell
  if (',%'.includes(character)) return lower[end + 1] === '/' ? Following.argument : Following.nothingOfAShell
  if (isEndCharacter(character)) return Following.end
  if (!isBlank(code) && character !== '+') return Following.nothingOfAShell
  let i = skipBlanks(lower, end)
  while (lower[i] === '+') i++
  if (i >= lower.length || isEndCharacter(lower[i])) return Following.end
  return isArgument(lower, i) ? Following.argument : Following.word
}

function isEndCharacter(character: string): boolean {
  return ';|&)`}\n\r\'"#\0'.includes(character)
}

function isArgument(lower: string, at: number): boolean {
  const first = lower[at]
  if ('$<>*~'.includes(first)) return true
  if (first === '-' || first === '/') return at + 1 < lower.length && !isBlank(lower.charCodeAt(at + 1))
  const end = Math.min(lower.length, at + limits.wordLength)
  for (let i = at; i < end; i++) {
    const code = lower.charCodeAt(i)
    if (isBlank(code)) return isDigit(lower.charCodeAt(i - 1)) && isDigit(lower.charCodeAt(at))
    const character = lower[i]
    if (character === '`') return false
    if ('/\\$*'.includes(character)) return true
    if (
      (character === '.' || character === ':') &&
      i > at &&
      i + 1 < end &&
      !isBlank(lower.charCodeAt(i + 1))
    )
      return true
    if (';|&'.includes(character)) return true
  }
  return isDigit(lower.charCodeAt(at)) || lower[at + 1] === ':'
}
