import { type Document, isMap, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { sensorLimits } from './limits.ts'
import { SensorError } from './sensor-error.ts'

/** A text with the name that errors call it by. */
export interface SourceText {
  name: string
  text: string
}

/** One object of a file: a document, or an item of a `kind: List`. */
export interface SourceObject {
  /** Null stands for nothing (NeuVector's exports are full of it), so it is left out; undefined in lists too. */
  value: unknown
  /** `file.yaml:12`, for errors; `at` gives that of a part. */
  place: string
  /** Number of its document in the file, from 1. */
  document: number
  /** Where a part of it stands: `at(['spec', 'rules', 0])`. What is not there is where the nearest thing around it is. */
  at: (path: readonly (string | number)[]) => string
}

/**
 * Objects of a YAML 1.2 or JSON text: several documents, and the items of lists. In the core schema a bare `=` is a string, as
 * NeuVector's files need it.
 *
 * @throws SensorError with line and column where it is no YAML.
 */
export function readObjects({ name, text }: SourceText): SourceObject[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    prettyErrors: false,
  })
  if ('empty' in documents) return []
  return documents.flatMap((document, i) => {
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      const problem = `${name}:${line}:${col}: not valid YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`
      throw new SensorError('SENSOR_UNREADABLE', problem, 'Mend the syntax there.', error)
    }
    const at = (path: readonly (string | number)[]) => `${name}:${lineOf(document.contents, path, lines)}`
    const value = plainValue(document, at([]))
    if (value === undefined) return []
    return itemsOf(value, at, i + 1)
  })
}

function itemsOf(value: unknown, at: SourceObject['at'], document: number): SourceObject[] {
  const { kind, items } = value as { kind?: unknown; items?: unknown }
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items))
    return [{ value, place: at([]), document, at }]
  return items.map((item, i) => ({
    value: item,
    place: at(['items', i]),
    document,
    at: (path) => at(['items', i, ...path]),
  }))
}

function lineOf(root: Node | null, path: readonly (string | number)[], lines: LineCounter): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const key of path) {
    const next = isMap(node) || isSeq(node) ? node.get(key, true) : undefined
    if (next === undefined || next === null) break
    node = next
    offset = (next as Node).range?.[0] ?? offset
  }
  return lines.linePos(offset).line
}

/** @throws SensorError where aliases would make it huge or endless. */
function plainValue(document: Document, place: string): unknown {
  try {
    return withoutNulls(document.toJS({ maxAliasCount: sensorLimits.aliases }), sensorLimits.levels)
  } catch (cause) {
    const problem = `${place}: it has too many aliases, or more than ${sensorLimits.levels} levels`
    throw new SensorError('SENSOR_UNREADABLE', problem, 'Write it out without aliases.', cause)
  }
}

function withoutNulls(value: unknown, levels: number): unknown {
  if (levels === 0) throw new RangeError('too many levels')
  const inner = (item: unknown) => withoutNulls(item, levels - 1)
  if (value === null) return undefined
  if (Array.isArray(value)) return value.map(inner).filter((item) => item !== undefined)
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => [key, inner(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}
