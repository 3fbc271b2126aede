import { limits } from './limits.ts'

/** What is known of a prepared statement, by the client's Parse and the server's descriptions. */
export interface Statement {
  /** Field names of its parameters, `$1 email` where the text tells the column. */
  parameters: string[]
  parameterTypes: number[]
  columns: Columns | undefined
  /** Formats that the last Bind asked for; empty: as described. */
  resultFormats: readonly number[]
}

export interface Columns {
  names: string[]
  types: number[]
  /** 0 text, 1 binary. */
  formats: number[]
}

const NONE: readonly number[] = []

type Request = { kind: 'describe' | 'execute' | 'query' | 'sync'; statement: Statement | undefined }

/**
 * Keeps requests and answers of a connection in step: the extended protocol answers in order, without naming the
 * statement, and a client that has seen a description does not ask for it again.
 */
export class Statements {
  readonly #statements = new Map<string, Statement>()
  readonly #portals = new Map<string, Statement>()
  #pending: Request[] = []
  #described: Columns | undefined

  parse(name: string, statement: Statement): void {
    remember(this.#statements, name, statement)
  }

  bind(portal: string, name: string): Statement | undefined {
    const statement = this.#statements.get(name)
    if (statement === undefined) this.#portals.delete(portal)
    else remember(this.#portals, portal, statement)
    return statement
  }

  /** `kind` is the byte of Describe and Close: `S` statement, `P` portal. */
  describe(kind: number, name: string): void {
    this.#request('describe', this.#find(kind, name))
  }

  close(kind: number, name: string): void {
    if (kind === 0x53) this.#statements.delete(name)
    else this.#portals.delete(name)
  }

  execute(portal: string): void {
    this.#request('execute', this.#portals.get(portal))
  }

  query(): void {
    this.#request('query', undefined)
  }

  sync(): void {
    this.#request('sync', undefined)
  }

  /** RowDescription, or NoData with `undefined`. */
  described(columns: Columns | undefined): void {
    this.#described = columns
    const request = this.#pending[0]
    if (request?.kind !== 'describe') return
    this.#pending.shift()
    if (request.statement !== undefined) request.statement.columns = columns
  }

  /** Types of the parameters, as the server decided them. */
  parametersDescribed(types: number[]): void {
    const statement = this.#pending[0]?.statement
    if (this.#pending[0]?.kind === 'describe' && statement !== undefined) statement.parameterTypes = types
  }

  /** Columns of the rows that come now. */
  columns(): Columns | undefined {
    const request = this.#pending[0]
    return (request?.kind === 'execute' ? request.statement?.columns : undefined) ?? this.#described
  }

  /** Formats of the rows that come now, as their Bind asked for them. */
  resultFormats(): readonly number[] {
    const request = this.#pending[0]
    return (request?.kind === 'execute' ? request.statement?.resultFormats : undefined) ?? NONE
  }

  /** CommandComplete, EmptyQueryResponse, PortalSuspended: an Execute is answered; a simple query goes on to ReadyForQuery. */
  completed(): void {
    if (this.#pending[0]?.kind === 'execute') this.#pending.shift()
  }

  /** ReadyForQuery answers a Sync or a simple query; after an error whatever stood before it is void. */
  ready(): void {
    while (this.#pending.length > 0) {
      const request = this.#pending.shift()
      if (request?.kind === 'sync' || request?.kind === 'query') return
    }
  }

  #find(kind: number, name: string): Statement | undefined {
    return kind === 0x53 ? this.#statements.get(name) : this.#portals.get(name)
  }

  #request(kind: Request['kind'], statement: Statement | undefined): void {
    if (this.#pending.length >= limits.pending) this.#pending = []
    this.#pending.push({ kind, statement })
  }
}

function remember(map: Map<string, Statement>, name: string, statement: Statement): void {
  map.delete(name)
  if (map.size >= limits.statements) {
    for (const oldest of map.keys()) {
      map.delete(oldest)
      break
    }
  }
  map.set(name, statement)
}
