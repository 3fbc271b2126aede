import { skipBlanks } from '../characters.ts'
import { homonymCommands, knownCommands, probeCommands } from './commands.ts'
import { isProgramPattern } from './globs.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'
import type { Scene } from './separated.ts'
import { skipToCommand } from './start.ts'
import { type CommandWord, Following, following, isNoCommand, readCommandWord } from './words.ts'

/** A value that is nothing but a command line, or the path of a program. */
export function judgeWhole({ view, sink, talk }: Scene): void {
  const { lower, context } = view
  if (lower.length > limits.wordLength * 2 || view.role !== 'value' || context === 'path') return
  if (lower === "'true'" || lower === "'false'") {
    if (context === 'query') sink.report(rules.probe)
    return
  }
  const start = skipToCommand(lower, 0)
  if (isNoCommand(lower, start)) return
  const word = readCommandWord(lower, start)
  if (!knownCommands.has(word.name) && !word.isGlob) return
  const behind = following(lower, word.end)
  if (word.isDisguised && behind !== Following.nothingOfAShell && behind !== Following.word) {
    sink.report(rules.disguised)
    return
  }
  const isAlone = behind === Following.end && (context !== 'body' || word.isGlob)
  if (word.isPath && (isAlone || behind === Following.argument)) {
    if (word.isGlob ? isProgramPattern(lower.slice(start, word.end)) : isProgramFolder(lower, start))
      sink.report(rules.program)
    return
  }
  if (behind === Following.argument && isCommandLine(lower, word, context === 'body')) {
    if (!talk.isProse) sink.report(rules.whole)
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
function isCommandLine(lower: string, word: CommandWord, isBody: boolean): boolean {
  const rest = lower.slice(word.end).replaceAll('+', ' ')
  if (!homonymCommands.has(word.name)) return true
  if (isBody) return rest.includes(' /etc') || rest.includes(' /proc') || rest.includes('c:\\')
  return tellingArguments.some(
    (argument) => rest.includes(` ${argument}`) || (argument === 'c:' && rest.includes(argument)),
  )
}
