import { isBlank, lastBefore, skipBlanks } from '../characters.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { isProse } from '../prose.ts'
import { Trait } from '../traits.ts'
import { judgeCode } from './code.ts'
import { homonymCommands, knownCommands, probeCommands, shells } from './commands.ts'
import { isProgramPattern } from './globs.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'
import { type CommandWord, Following, following, readCommandWord } from './words.ts'

/** What would make a shell (sh, cmd.exe, PowerShell) or an interpreter run a command, were the value put into a command line. */
export const commandInjection: ValueDetector = {
  traits: 0,
  judge(view, sink) {
    if (view.role === 'file-head' || view.context === 'sql') return
    if ((view.traits & Trait.parenthesis) !== 0) judgeCode(view, sink)
    if ((view.traits & separatorTraits) !== 0) judgeSeparated(view, sink)
    judgeWhole(view, sink)
  },
}

const separatorTraits =
  Trait.semicolon |
  Trait.pipe |
  Trait.ampersand |
  Trait.backtick |
  Trait.dollar |
  Trait.lineBreak |
  Trait.lessThan |
  Trait.greaterThan

/** Before a command. */
const Place = { start: 0, line: 1, ended: 2, piped: 3, substituted: 4, backtick: 5 } as const
type Place = (typeof Place)[keyof typeof Place]

function judgeSeparated(view: ValueView, sink: AttackSink): void {
  const { lower } = view
  let backticks = 0
  let judged = 0
  for (let i = 0; i < lower.length && judged < limits.commands; i++) {
    let place: Place
    const character = lower[i]
    if (character === ';') place = Place.ended
    else if (character === '&')
      place = lower[i + 1] === '&' || lower[i + 1] === '#' ? Place.start : Place.ended
    else if (character === '|') place = Place.piped
    else if (character === '\n' || character === '\r') place = Place.line
    else if (character === '`') place = backticks++ % 2 === 0 ? Place.backtick : Place.start
    else if (character === '(' && (lower[i - 1] === '$' || lower[i - 1] === '<' || lower[i - 1] === '>'))
      place = Place.substituted
    else continue
    if (place === Place.start) continue
    judged++
    judgeCommandAt(view, sink, i + 1, place)
  }
}

function judgeCommandAt(view: ValueView, sink: AttackSink, at: number, place: Place): void {
  const { lower } = view
  const start = skipToCommand(lower, at)
  if (start >= lower.length) return
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
  if (place === Place.substituted) judgeSubstitution(view, sink, word, behind)
  else if (place === Place.backtick) judgeBackticks(view, sink, word, { behind, open: at - 1 })
  else judgeBehindSeparator(view, sink, word, { behind, place, separator: at - 1 })
}

/** Over blanks, brackets that group, variables that are set, and what runs the command that follows. */
function skipToCommand(lower: string, at: number): number {
  let i = at
  while (i < lower.length) {
    const code = lower.charCodeAt(i)
    if (isBlank(code) || '+({!@"\'|&;$'.includes(lower[i])) {
      if (lower[i] === '$' && lower[i + 1] !== '(') {
        const blank = blankExpansion(lower, i)
        if (blank === 0) return i
        i += blank
      } else i++
    } else if (isRunner(lower, i)) i = skipBlanks(lower, lower.indexOf(' ', i))
    else return i
  }
  return i
}

/** Length of `$IFS`, `${IFS}`, `$IFS$9` at `at`, 0 if there is none. */
function blankExpansion(lower: string, at: number): number {
  if (lower.startsWith('${ifs', at)) {
    const close = lower.indexOf('}', at)
    return close < 0 ? 0 : close + 1 - at
  }
  if (!lower.startsWith('$ifs', at)) return 0
  return lower[at + 4] === '$' ? 6 : 4
}

function isRunner(lower: string, at: number): boolean {
  return ['sudo ', 'exec ', 'nohup ', 'time ', 'command ', 'env ', 'start ', 'call '].some((runner) =>
    lower.startsWith(runner, at),
  )
}

function judgeSubstitution(view: ValueView, sink: AttackSink, word: CommandWord, behind: number): void {
  if (behind === Following.word && isProse(view.lower)) sink.report(rules.maybeSubstitution)
  else if (
    behind === Following.word &&
    homonymCommands.has(word.name) &&
    word.name !== 'echo' &&
    word.name !== 'sleep'
  )
    sink.report(rules.maybeSubstitution)
  else sink.report(rules.substitution)
}

/**
 * In backticks. People put names of commands and columns in backticks too, within sentences: there the whole has to be one
 * that runs something and not one of many.
 */
function judgeBackticks(
  view: ValueView,
  sink: AttackSink,
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
  sink.report(isSure && !isProse(lower) ? rules.substitution : rules.maybeSubstitution)
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

function judgeBehindSeparator(
  view: ValueView,
  sink: AttackSink,
  word: CommandWord,
  around: Surroundings,
): void {
  const sure = isSureCommand(view, word, around)
  if (sure === undefined) return
  const rule =
    around.place === Place.piped && shells.has(word.name) && around.behind !== Following.word
      ? rules.toShell
      : rules.separated
  sink.report(sure && !isProse(view.lower) ? rule : rules.maybeSeparated)
}

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
  if (behind === Following.argument) return true
  if (behind === Following.word) return isHomonym ? undefined : !isSentence(view.lower, separator)
  if (shells.has(word.name) && place === Place.piped) return !isHomonym
  if (!probeCommands.has(word.name) && !word.isPath) return undefined
  return !isHomonym || !isListed(view.lower, word, separator)
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
  const sign = lower[separator]
  const first = lower.indexOf(sign)
  const before = lower.slice(0, first)
  return (
    first > 2 &&
    isName(before) &&
    ((lower.indexOf(sign, word.end) > 0 && !lower.endsWith(sign)) || first < separator)
  )
}

function isName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20
    if (!((code >= 0x61 && code <= 0x7a) || text[i] === '_' || text[i] === '-')) return false
  }
  return true
}

/** A value that is nothing but a command line, or the path of a program. */
function judgeWhole(view: ValueView, sink: AttackSink): void {
  const { lower, context } = view
  if (lower.length > limits.wordLength * 2 || view.role !== 'value' || context === 'path') return
  if (lower === "'true'" || lower === "'false'") {
    if (context === 'query') sink.report(rules.probe)
    return
  }
  const start = skipToCommand(lower, 0)
  const word = readCommandWord(lower, start)
  if (!knownCommands.has(word.name) && !word.isGlob) return
  const behind = following(lower, word.end)
  if (word.isPath && (behind === Following.end || behind === Following.argument)) {
    if (word.isGlob ? isProgramPattern(lower.slice(start, word.end)) : isProgramFolder(lower, start))
      sink.report(rules.program)
    return
  }
  if (behind === Following.argument && isCommandLine(lower, word)) {
    if (!isProse(lower)) sink.report(rules.whole)
  } else if (
    behind === Following.end &&
    word.end < lower.length &&
    probeCommands.has(word.name) &&
    endsCommand(lower, word.end)
  )
    sink.report(rules.whole)
}

function isProgramFolder(lower: string, start: number): boolean {
  return ['/bin/', '/usr/', '/sbin/', 'usr/', 'bin/', 'c:', '/opt/', '/tmp/', '/system/', '/data/'].some(
    (folder) => lower.startsWith(folder, start),
  )
}

/** `id;`, `id|`, `whoami #`: with nothing behind it but what ends a command. */
function endsCommand(lower: string, at: number): boolean {
  const next = skipBlanks(lower, at)
  return ';|&#'.includes(lower[next] ?? ' ') && skipBlanks(lower, next + 1) >= lower.length
}

const tellingArguments = [
  '/etc',
  '/bin',
  '/usr',
  '/proc',
  '/var',
  '/tmp',
  '/dev',
  '/root',
  '/home',
  'c:',
  'http:',
  'https:',
  'ftp:',
  '-la',
  '-al',
  '-c ',
  '-e ',
  '-enc',
  '/c ',
  '/k ',
  '-i ',
  '-n ',
  '-rf',
  '-lp',
  '-a',
  '$',
  '../',
  '|',
  '>',
]

/** A homonym has to have an argument that only commands have; another command any that looks like one. */
function isCommandLine(lower: string, word: CommandWord): boolean {
  const rest = lower.slice(word.end).replaceAll('+', ' ')
  if (!homonymCommands.has(word.name)) return true
  return tellingArguments.some(
    (argument) => rest.includes(` ${argument}`) || (argument === 'c:' && rest.includes(argument)),
  )
}
