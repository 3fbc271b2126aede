import { skipBlanks, isWordCode } from '../characters.ts'
import { codeLiterals } from '../command-injection/code-literals.ts'
import { phraseLiterals } from '../command-injection/phrases.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { deserializationLiterals } from '../deserialization/literals.ts'
import { exploitLiterals } from '../exploits/detector.ts'
import { expressionLiterals } from '../expression-injection/literals.ts'
import { fileLiterals } from '../path-traversal/files.ts'
import { toolLiterals } from '../tools/literals.ts'
import { Talk } from '../prose.ts'
import { LiteralSet } from './literal-set.ts'
import type { Telling } from './telling.ts'

/** Finds what is told by its name alone, of all tables in one pass. */
class TellingLiterals implements ValueDetector {
  readonly traits = 0
  readonly roles = ['value', 'name', 'file-name', 'document'] as const
  #set: LiteralSet<Telling> | undefined

  judge(view: ValueView, sink: AttackSink): void {
    const literals = this.#literals()
    if (literals.isInText(view.lower)) tell(literals, view, sink)
  }

  /** Made when the first value is judged: most commands judge none. */
  #literals(): LiteralSet<Telling> {
    this.#set ??= new LiteralSet([
      ...codeLiterals,
      ...phraseLiterals,
      ...fileLiterals,
      ...expressionLiterals,
      ...deserializationLiterals,
      ...toolLiterals,
      ...exploitLiterals,
    ])
    return this.#set
  }
}

function tell(literals: LiteralSet<Telling>, view: ValueView, sink: AttackSink): void {
  const talk = new Talk(view.lower)
  literals.find(view.lower, (telling, start, end) => {
    if (!stands(view, telling, start, end)) return
    const rule = talk.isProse ? telling.inProse : telling.rule
    if (rule !== undefined) sink.report(rule)
  })
}

export const tellingLiterals: ValueDetector = new TellingLiterals()

/** Characters of a body's value that may be an attack as a whole. */
const longestInBody = 256

function stands(view: ValueView, telling: Telling, start: number, end: number): boolean {
  const { lower } = view
  if (lower.startsWith('#!', start - 2)) return false
  if (telling.edge === true && isWordCode(lower.charCodeAt(start - 1))) return false
  if (telling.endEdge === true && isWordCode(lower.charCodeAt(end))) return false
  if (telling.contexts !== undefined && !telling.contexts.includes(view.context)) return false
  if (telling.shortInBody === true && view.context === 'body' && lower.length > longestInBody) return false
  if (telling.field !== undefined && telling.field !== view.field) return false
  if (telling.isCallWithText === true && !isCallWithText(lower, start, end)) return false
  if (telling.begins === true && firstOf(lower) !== start) return false
  return telling.finishes !== true || end === lower.length
}

/** `system('id')`, `eval($x)`; not `x.eval('y')`. */
function isCallWithText(lower: string, start: number, end: number): boolean {
  const argument = lower[skipBlanks(lower, end)]
  return lower[start - 1] !== '.' && argument !== undefined && '"\'$`\\'.includes(argument)
}

function firstOf(lower: string): number {
  let i = skipBlanks(lower, 0)
  while (lower[i] === '"' || lower[i] === "'") i++
  return i
}
