import { isDigit } from '../../lib/ascii.ts'
import { isBlank, lastBefore, skipBlanks } from '../characters.ts'
import type { AttackSink, ValueView } from '../detector.ts'
import type { Talk } from '../prose.ts'
import { developmentTools, homonymCommands, knownCommands, probeCommands, shells } from './commands.ts'
import { isProgramPattern } from './globs.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'
import { skipToCommand } from './start.ts'
import { type CommandWord, Following, following, isNoCommand, readCommandWord } from './words.ts'

/** What is judged, and how people would have to have meant it. */
export interface Scene {
  readonly view: ValueView
  readonly sink: AttackSink
  readonly talk: Talk
}

/** Before a command. */
const Place = { none: 0, line: 1, ended: 2, piped: 3, substituted: 4, backtick: 5 } as const
type Place = (typeof Place)[keyof typeof Place]

export function judgeSeparated(scene: Scene): void {
  const { lower } = scene.view
  let backticks = 0
  let judged = 0
  for (let i = 0; i < lower.length && judged < limits.commands; i++) {
    const place = placeAt(lower, i)
    if (place === Place.none || (place === Place.backtick && backticks++ % 2 === 1)) continue
    judged++
    judgeCommandAt(scene, i + 1, place)
  }
}

function placeAt(lower: string, i: number): Place {
  switch (lower.charCodeAt(i)) {
    case 0x3b: // ;
      return Place.ended
    case 0x26: // &, but not the first of two, nor that of a character reference
      return lower[i + 1] === '&' || lower[i + 1] === '#' ? Place.none : Place.ended
    case 0x7c: // |
      return Place.piped
    case 0x0a:
    case 0x0d:
      return Place.line
    case 0x60: // `
      return Place.backtick
    case 0x28: // ( of $( <( >(
      return lower[i - 1] === '$' || lower[i - 1] === '<' || lower[i - 1] === '>'
        ? Place.substituted
        : Place.none
    default:
      return Place.none
  }
}

function judgeCommandAt(scene: Scene, at: number, place: Place): void {
  const {
    view: { lower },
    sink,
  } = scene
  const start = skipToCommand(lower, at)
  if (start >= lower.length || isNoCommand(lower, start)) return
  const word = readCommandWord(lower, start)
  if (word.isGlob) {
    if (isProgramPattern(lower.slice(start, word.end))) sink.report(rules.glob)
    return
  }
  if (word.end === start || !knownCommands.has(word.name)) return
  const behind = following(lower, word.end)
  if (behind === Following.nothingOfAShell) return
  if (word.isDisguised) {
    if (place !== Place.line) sink.report(rules.disguised)
    return
  }
  if (place === Place.substituted) judgeSubstitution(scene, word, behind)
  else if (place === Place.backtick) judgeBackticks(scene, word, { behind, open: at - 1 })
  else judgeBehindSeparator(scene, word, { behind, place, separator: at - 1 })
}

function judgeSubstitution({ sink, talk }: Scene, word: CommandWord, behind: number): void {
  const mayBeWords =
    (behind === Following.end && talk.isProse) ||
    (behind === Following.word &&
      (talk.isProse || (homonymCommands.has(word.name) && word.name !== 'echo' && word.name !== 'sleep')))
  sink.report(mayBeWords ? rules.maybeSubstitution : rules.substitution)
}

/**
 * In backticks. People put names of commands and columns in backticks too, within sentences: there the whole has to be one
 * that runs something and not one of many.
 */
function judgeBackticks(
  { view, sink, talk }: Scene,
  word: CommandWord,
  { behind, open }: { behind: number; open: number },
): void {
  const { lower } = view
  const close = lower.indexOf('`', open + 1)
  const isAlone =
    close < 0 ||
    lastBefore(lower, open) < 0 ||
    skipBlanks(lower, close + 1) >= lower.length ||
    isGlued(lower, open, close)
  const isSure = isAlone
    ? behind !== Following.word || !homonymCommands.has(word.name)
    : behind === Following.argument
  sink.report(isSure && !talk.isProse ? rules.substitution : rules.maybeSubstitution)
}

/** `` x`id`y ``, `` "`id`" ``, `` ;`id`; ``: in the middle of a word or of what a shell reads. */
function isGlued(lower: string, open: number, close: number): boolean {
  const before = lower.charCodeAt(open - 1)
  const after = lower.charCodeAt(close + 1)
  return (
    !isBlank(before) &&
    !isBlank(after) &&
    !',.('.includes(lower[open - 1]) &&
    !',.)'.includes(lower[close + 1])
  )
}

interface Surroundings {
  readonly behind: number
  readonly place: Place
  readonly separator: number
}

function judgeBehindSeparator(scene: Scene, word: CommandWord, around: Surroundings): void {
  const { view, sink, talk } = scene
  const sure = isSureCommand(view, word, around)
  if (sure === undefined) return
  if (isOfBuild(view, word, around)) {
    sink.report(rules.maybeSeparated)
    return
  }
  const rule =
    around.place === Place.piped && shells.has(word.name) && around.behind !== Following.word
      ? rules.toShell
      : rules.separated
  sink.report(sure && !talk.isProse ? rule : rules.maybeSeparated)
}

/** `tsc && node dist/index.js`, in a body: a line of a build file. What reads files of a system is told by their paths. */
function isOfBuild(
  { context, lower }: ValueView,
  { name, isDisguised }: CommandWord,
  { place, separator }: Surroundings,
): boolean {
  if (context !== 'body' || isDisguised || !developmentTools.has(name)) return false
  return place === Place.ended && lower[separator - 1] === '&' && separator > 2 && !lower.includes('/etc/')
}

/** In texts of this length two letters behind a sign come about by chance. */
const noiseLength = 512

/** Undefined where it is none at all. */
function isSureCommand(
  view: ValueView,
  word: CommandWord,
  { behind, place, separator }: Surroundings,
): boolean | undefined {
  const isHomonym = homonymCommands.has(word.name) && !word.isPath
  if (place === Place.line) {
    if (behind === Following.word) return undefined
    if (view.context === 'body' && view.lower.length > 256) return undefined
    return behind === Following.argument || !isHomonym || probeCommands.has(word.name)
  }
  if (behind === Following.argument && isHomonym && isNumbered(view.lower, word)) return undefined
  if (behind === Following.argument) return word.name.length > 2 || view.lower.length < noiseLength
  if (behind === Following.word) {
    if (isTellingPair(view.lower, word)) return true
    return isHomonym ? undefined : !isSentence(view.lower, separator)
  }
  if (shells.has(word.name) && place === Place.piped) return !isHomonym
  if (!probeCommands.has(word.name) && !word.isPath) return undefined
  return !isHomonym || !isListed(view.lower, word, separator)
}

/** Homonyms that are given a number, as commands. */
const numbered = new Set(['sleep', 'kill', 'exit', 'timeout', 'tail', 'head', 'expect'])

/** `name; id 17`: a number behind a word that may be one of a form. */
function isNumbered(lower: string, { name, end }: CommandWord): boolean {
  return isDigit(lower.charCodeAt(skipBlanks(lower, end))) && !numbered.has(name)
}

/** Words that make a command of a homonym. */
const pairs: ReadonlyMap<string, readonly string[]> = new Map([
  ['net', ['user', 'view', 'localgroup', 'share', 'use ', 'start', 'stop', 'accounts', 'group']],
  ['ps', ['aux', 'ax', 'ef']],
  ['ip', ['addr', 'a', 'route', 'link']],
  ['type', ['c:']],
  ['set', ['/a', '/p']],
])

/** `net user`, `ps aux`; and anything that is said by `echo` in a short value. */
function isTellingPair(lower: string, { name, end }: CommandWord): boolean {
  const next = skipBlanks(lower, end)
  if (name === 'echo') return lower.length < 64 && !lower.includes('. ')
  return pairs.get(name)?.some((word) => lower.startsWith(word, next)) ?? false
}

/** `well; curl is`: a separator with a word before it and a blank behind it. */
function isSentence(lower: string, separator: number): boolean {
  return (
    separator > 0 &&
    !isBlank(lower.charCodeAt(separator - 1)) &&
    isBlank(lower.charCodeAt(separator + 1)) &&
    lower.length > 64
  )
}

/** `name|id|type`, `title;id;date`: names parted by the same sign, where nothing else says that a shell is meant. */
function isListed(lower: string, word: CommandWord, separator: number): boolean {
  if (lower.length > noiseLength) return true
  const sign = lower[separator]
  const first = lower.indexOf(sign)
  const isRepeated = first < separator || (lower.indexOf(sign, word.end) > 0 && !lower.endsWith(sign))
  return first > 2 && isRepeated && isName(lower.slice(0, first))
}

function isName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20
    if (!((code >= 0x61 && code <= 0x7a) || text[i] === '_' || text[i] === '-')) return false
  }
  return true
}
