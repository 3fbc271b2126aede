import { isAsciiLetter, isDigit } from '../../lib/ascii.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { rules } from './rules.ts'

/**
 * Paths that leave the folder that they should stay in. What files they name is in `files.ts`; here it is how they get there: steps of
 * two or more dots between separators of any system, however those are written.
 */
export const pathTraversal: ValueDetector = {
  traits: Trait.dot | Trait.slash | Trait.backslash | Trait.control | Trait.percent | Trait.brace,
  judge(view, sink) {
    judgeSteps(view, sink)
    judgeDoubledSlashes(view, sink)
    judgeShare(view, sink)
    if (view.context === 'query' || view.context === 'path') {
      judgePlaceholder(view.lower, sink)
      judgeNullByte(view, sink)
    }
    if (view.lower.startsWith('http') || view.lower.startsWith('ftp')) judgeRemote(view, sink)
  },
}

interface Steps {
  /** `..` between separators. */
  plain: number
  /** Steps with more dots, `;`, `:` or escapes about them, which filters and servers make `..` of. */
  disguised: number
}

function judgeSteps(view: ValueView, sink: AttackSink): void {
  const { lower } = view
  if (!lower.includes('..') && !lower.includes('0x2e')) return
  const steps = countSteps(lower)
  if (steps.plain + steps.disguised === 0) return
  if (new Talk(lower).isProse) sink.report(rules.oneStep)
  else if (isRich(view))
    sink.report(steps.plain + steps.disguised > 2 && lower.length < longestText ? rules.climb : rules.oneStep)
  else if (steps.disguised > 0) sink.report(rules.disguisedClimb)
  else sink.report(steps.plain > 1 || isClimbing(view) ? rules.climb : rules.oneStep)
}

/** Longer bodies that are no path have paths in them, such as programs that import one another. */
const longestText = 1024

/** Whether the value may be a text with paths in it: in a body, where it is more than a path. */
function isRich({ context, lower, traits }: ValueView): boolean {
  if (context !== 'body' && context !== 'sql') return false
  return lower.length > 256 || (traits & (Trait.blank | Trait.lineBreak | Trait.lessThan)) !== 0
}

const firstSteps = ['../', '/../', '..\\', '\\..\\']

/** One step: at the beginning of a path, or written so that it had to be decoded twice, which nobody does who means well. */
function isClimbing({ lower, decoded, role, context }: ValueView): boolean {
  if (decoded > 1 || (context === 'path' && (lower === '..' || lower.endsWith('/..')))) return true
  return role !== 'name' && context !== 'body' && firstSteps.some((step) => lower.startsWith(step))
}

function countSteps(lower: string): Steps {
  const steps = { plain: 0, disguised: 0 }
  for (let i = 0; i < lower.length;) {
    const start = i
    while (lower[i] === '.' || lower.startsWith('0x2e', i)) i += lower[i] === '.' ? 1 : 4
    if (i === start) {
      i++
      continue
    }
    const dots = lower[start] === '.' && i - start < 4 ? i - start : 4
    const isOdd = lower.startsWith('0x2e', start)
    if (i - start === 1) continue
    const behind = separatorAt(lower, i)
    const isBefore = start === 0 || endsSeparator(lower, start)
    if (behind === Separator.none) {
      if (isBefore && i === lower.length && start > 0) steps.plain++
      continue
    }
    if (
      isOdd ||
      behind === Separator.odd ||
      (dots > 2 && isBefore && (lower.startsWith('//', i) || lower.startsWith('/./', i)))
    )
      steps.disguised++
    else if (dots === 2 && (isBefore || behind === Separator.plain)) steps.plain++
    else if (dots === 4 && isBefore) steps.disguised++
  }
  return steps
}

const Separator = { none: 0, plain: 1, odd: 2 } as const

/** Separators as they are, and as they are left where something decoded less or more than once. */
const oddSeparators = [
  '0x2f',
  '0x5c',
  '%2f',
  '%5c',
  '%252f',
  '%255c',
  '%c0%af',
  '%c1%9c',
  '%u2215',
  '%u2216',
  ';/',
  ';\\',
  '%00/',
  '\\/',
  '\\\\',
  '%2e',
  '%3b/',
  ':/',
]

function separatorAt(lower: string, at: number): number {
  const next = lower[at]
  if (next === undefined) return Separator.none
  if ('0%;\\:'.includes(next))
    for (const odd of oddSeparators) if (lower.startsWith(odd, at)) return Separator.odd
  return next === '/' || next === '\\' ? Separator.plain : Separator.none
}

function endsSeparator(lower: string, end: number): boolean {
  const before = lower[end - 1]
  return (
    '/\\;=:"\'\0 |,('.includes(before) ||
    lower.endsWith('0x2f', end) ||
    lower.endsWith('0x5c', end) ||
    lower.endsWith('%2f', end) ||
    lower.endsWith('%5c', end)
  )
}

const hiddenFiles = [
  '/etc/passwd',
  '/etc/shadow',
  '/etc/hosts',
  '/windows/win.ini',
  '/proc/self/environ',
  '/boot.ini',
]

const hiddenFileEndings = hiddenFiles.map((file) => file.slice(file.lastIndexOf('/') + 1))

/** `///etc///passwd`, `/etc/./passwd`: the same file to a system, another text to a filter. */
function judgeDoubledSlashes({ lower }: ValueView, sink: AttackSink): void {
  if (lower.length > longestText || (!lower.includes('//') && !lower.includes('/./'))) return
  if (!hiddenFileEndings.some((ending) => lower.endsWith(ending))) return
  let plain = ''
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] === '/' && (plain.endsWith('/') || plain.endsWith('/.')))
      plain = plain.slice(0, plain.lastIndexOf('/') + 1)
    else plain += lower[i]
  }
  if (hiddenFiles.some((file) => plain.endsWith(file))) sink.report(rules.telling)
}

/** `\\\\192.0.2.1\\x`, `\\\\host\\c$`: a share of Windows at a number, or one that administrators have. */
function judgeShare({ lower, context }: ValueView, sink: AttackSink): void {
  if (!lower.startsWith('\\\\') || context === 'body') return
  const share = lower.indexOf('\\', 2)
  if (share > 2 && (lower.endsWith('$') || lower.includes('$\\') || isDigit(lower.charCodeAt(share - 1))))
    sink.report(rules.share)
}

/** `/../../{file}`, `/....{file}`, `///{file}`: what is left where a program that tries paths was told no file. */
function judgePlaceholder(lower: string, sink: AttackSink): void {
  if (!lower.endsWith('{file}') || lower.charCodeAt(0) !== 0x2f) return
  const path = lower.slice(0, -6)
  if (!path.endsWith('/') || path.includes('//') || path.includes('..') || path.includes('./'))
    sink.report(rules.placeholder)
}

/** `shell.php\0.jpg`, `/etc/passwd\0`: in texts, and not in what is no text at all. */
function judgeNullByte({ lower, role, traits }: ValueView, sink: AttackSink): void {
  if (role === 'name' || lower.length > 1024) return
  const at = (traits & Trait.control) === 0 ? lower.indexOf('%00') : lower.indexOf('\0')
  if (at < 1 || lower.lastIndexOf('.', at) < 0) return
  for (let i = 0; i < at; i++) if (lower.charCodeAt(i) < 0x20) return
  if (
    at + 1 === lower.length ||
    lower[at + 1] === '.' ||
    lower.startsWith('%00', at) ||
    lower[at + 1] === '\0'
  )
    sink.report(rules.nullByte)
}

const programEndings = [
  '.txt?',
  '.php?',
  '.php',
  '.phtml',
  '.jsp',
  '.asp',
  '.sh',
  '.inc',
  '.cgi',
  '.pl',
  '.py',
  '.txt',
  '.dat',
  '.gif?',
  '.jpg?',
  '.exe',
  '.hta',
  '.ps1',
  '.vbs',
]

/** An address of a program, at a number in place of a name or cut off by `?`, as an include would take it. */
function judgeRemote({ lower, context, field }: ValueView, sink: AttackSink): void {
  if (context !== 'query' || field === 'url' || lower.length > 512) return
  const host = lower.indexOf('://') + 3
  if (host < 3) return
  const isNumber = isDigit(lower.charCodeAt(host)) && !hasLetters(lower, host)
  const isProtocolOfFiles = lower.startsWith('ftp')
  const isCut = lower.endsWith('?') || lower.endsWith('?%00') || lower.endsWith('\0')
  if (
    (isNumber || isCut || isProtocolOfFiles) &&
    programEndings.some((ending) => lower.endsWith(ending) || (isCut && lower.includes(ending)))
  )
    sink.report(rules.remote)
}

function hasLetters(lower: string, at: number): boolean {
  for (let i = at; i < lower.length && lower[i] !== '/'; i++)
    if (isAsciiLetter(lower.charCodeAt(i))) return true
  return false
}
