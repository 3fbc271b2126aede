import { copyForm, type CopyForm } from '../../content/copy-statement.ts'
import { parameterFields } from '../../content/sql-fields.ts'
import { Interned } from '../../lib/interned.ts'
import type { Columns, Formats } from './columns.ts'
import { limits } from './limits.ts'

/** What the text of a statement tells. Shared by all connections: not to be changed. */
interface StatementText {
  /** Field names of its parameters, `$1 email` where the text tells the column. */
  readonly parameters: readonly string[]
  readonly copy: CopyForm | undefined
}

/** What is known of a prepared statement, by the client's Parse and the server's descriptions. */
export interface Statement {
  readonly name: string | undefined
  readonly text: StatementText
  parameterTypes: readonly number[]
  columns: Columns | undefined
}

interface Portal {
  statement: Statement
  /** Formats of the results that the Bind asked for. */
  formats: Formats
}

/** Describe and Close name a statement by `S`, a portal by `P`. */
export const STATEMENT = 0x53

/** Names that all statements of this thread have. */
let rememberedNames = 0

const NO_TEXT: StatementText = { parameters: [], copy: undefined }

const texts = new Interned(limits.interned, readText)

function readText(bytes: Uint8Array, start: number, end: number): StatementText {
  return { parameters: parameterFields(bytes, start, end), copy: copyForm(bytes, start, end) }
}

/** A statement that was prepared by `bytes[start, end)`, SQL. */
export function prepare(
  name: string | undefined,
  bytes: Uint8Array,
  start: number,
  end: number,
  parameterTypes: readonly number[],
): Statement {
  return { name, text: texts.get(bytes, start, end), parameterTypes, columns: undefined }
}

/** A simple query that is a COPY; undefined for another one. */
export function copyStatement(bytes: Uint8Array, start: number, end: number): Statement | undefined {
  const copy = copyForm(bytes, start, end)
  if (copy === undefined) return undefined
  return { name: undefined, text: { ...NO_TEXT, copy }, parameterTypes: [], columns: undefined }
}

/**
 * The prepared statements and portals of a connection by name, as the client asks for them. What may be another one
 * than the server has under a name is forgotten: no name is better than a wrong one.
 */
export class Statements {
  readonly #statements = new Map<string, Statement>()
  readonly #portals = new Map<string, Portal>()

  /**
   * Parse. A name that is taken is an error, unless what it named is gone by SQL: where the answer will not be known
   * (`isAnswered` false), the name is forgotten. False where there is no room in all for the statement's names.
   */
  parse(statement: Statement, isAnswered: boolean): boolean {
    const { name } = statement
    if (name === undefined) return true
    const isTaken = name !== '' && this.#statements.has(name)
    this.#forget(name)
    return (isTaken && !isAnswered) || this.#remember(name, statement)
  }

  /** The server has not taken the statement, or that it has is not known. */
  refused(statement: Statement): void {
    if (statement.name !== undefined && this.#statements.get(statement.name) === statement)
      this.#forget(statement.name)
  }

  bind(portal: string | undefined, name: string | undefined): Statement {
    const statement = this.named(name)
    if (portal === undefined) return statement
    const known = this.#portals.get(portal)
    if (known !== undefined) {
      known.statement = statement
      known.formats = ALL_TEXT
      return statement
    }
    if (this.#portals.size >= limits.statements) this.#portals.delete(first(this.#portals))
    this.#portals.set(portal, { statement, formats: ALL_TEXT })
    return statement
  }

  /** Formats that the last Bind of a portal asked for. */
  setFormats(portal: string | undefined, formats: Formats): void {
    const known = portal === undefined ? undefined : this.#portals.get(portal)
    if (known !== undefined) known.formats = formats
  }

  /** The statement of a portal, for Execute. */
  ofPortal(portal: string | undefined): Statement | undefined {
    return portal === undefined ? undefined : this.#portals.get(portal)?.statement
  }

  /** Undefined where the Bind is not known. */
  formats(portal: string | undefined): Formats | undefined {
    return portal === undefined ? undefined : this.#portals.get(portal)?.formats
  }

  /** One whose Parse is not known begins to be known here: its description may follow. */
  named(name: string | undefined): Statement {
    const known = name === undefined ? undefined : this.#statements.get(name)
    if (known !== undefined) return known
    const unknown = { name, text: NO_TEXT, parameterTypes: [], columns: undefined }
    if (name !== undefined) this.#remember(name, unknown)
    return unknown
  }

  /** Close. */
  close(kind: number, name: string | undefined): void {
    if (name === undefined) return
    if (kind === STATEMENT) this.#forget(name)
    else this.#portals.delete(name)
  }

  /** The server describes the result of a statement. False where there is no room in all for the names. */
  describe(statement: Statement, columns: Columns | undefined): boolean {
    const isRemembered = statement.name !== undefined && this.#statements.get(statement.name) === statement
    if (isRemembered) rememberedNames -= statement.columns?.names.length ?? 0
    const fits = !isRemembered || rememberedNames + (columns?.names.length ?? 0) <= limits.rememberedNames
    statement.columns = fits ? columns : undefined
    if (isRemembered) rememberedNames += statement.columns?.names.length ?? 0
    return fits
  }

  /** Which description belongs to which statement is in doubt. */
  forgetColumns(): void {
    for (const statement of this.#statements.values()) this.describe(statement, undefined)
  }

  forgetPortals(): void {
    this.#portals.clear()
  }

  /** What a name stands for is in doubt, or the connection has ended. */
  forgetAll(): void {
    for (const name of [...this.#statements.keys()]) this.#forget(name)
    this.#portals.clear()
  }

  #remember(name: string, statement: Statement): boolean {
    if (this.#statements.size >= limits.statements) this.#forget(first(this.#statements))
    const names = namesOf(statement)
    if (rememberedNames + names > limits.rememberedNames) return false
    rememberedNames += names
    this.#statements.set(name, statement)
    return true
  }

  #forget(name: string): void {
    const statement = this.#statements.get(name)
    if (statement === undefined) return
    this.#statements.delete(name)
    rememberedNames -= namesOf(statement)
  }
}

const ALL_TEXT: Formats = [0]
const ALL_BINARY: Formats = [1]

/** The formats of one code: text or binary for all. */
export function sameFormats(code: number): Formats {
  return code === 0 ? ALL_TEXT : ALL_BINARY
}

function namesOf({ text, columns }: Statement): number {
  return 1 + text.parameters.length + (columns?.names.length ?? 0)
}

/** The key that is in a map for longest. */
function first(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key
  return ''
}

/** Names that the statements of this thread hold in memory. */
export function rememberedNamesInAll(): number {
  return rememberedNames
}
