import type { CopyForm } from '../../content/copy-statement.ts'
import { Anomaly } from './anomalies.ts'
import type { Columns, Formats } from './columns.ts'
import { limits } from './limits.ts'
import { endsTurn, Request, RequestQueue } from './requests.ts'
import type { Statement, Statements } from './statements.ts'

/**
 * Keeps requests and answers of a connection in step: the extended protocol answers in order, without naming the
 * statement, and a client that has seen a description does not ask for it again.
 *
 * Invariant: rows carry the names of a statement only while every answer has fitted the request that it is for. After a
 * loss, or an answer that does not fit, rows are named by a description that directly precedes them, until the client
 * has been seen to wait for ReadyForQuery some times: then nothing is outstanding, and both sides begin anew. A client that
 * has pipelined turns does not show that; its connection stays as it is.
 */
export class Dialogue {
  readonly #statements: Statements
  readonly #anomaly: (code: string) => void
  readonly #queue = new RequestQueue()
  /** Every request is known that is not answered. */
  #isInStep = false
  /** The description that the rows that follow have, of a simple query or while out of step. */
  #described: Columns | undefined
  /** Turns that the client has begun and that are not answered by ReadyForQuery. */
  #turns = 0
  #hasPipelined = false
  /** An error has made the server skip what comes up to Sync. */
  #skipsToSync = false
  /** The server takes COPY data, and no Sync before they end. */
  #copiesIn = false
  /** Requests were more than the queue holds: those that come are only counted. */
  #isOverflowing = false
  #overflownTurns = 0
  #isTurnOpen = false
  /** While out of step: ReadyForQuery was the last that the server said, and the client has not spoken since. */
  #isQuiet = false
  #quietTurns = 0
  /** ParameterDescription came: the next description is of a statement, and no rows follow it. */
  #isOfStatement = false
  /** The portal that the client's last request has described. */
  #describedPortal: string | undefined
  /** The client has executed another portal directly behind that. */
  #mixesPortals = false

  constructor(statements: Statements, anomaly: (code: string) => void) {
    this.#statements = statements
    this.#anomaly = anomaly
  }

  /** Whether answers are known for what they answer. */
  get isInStep(): boolean {
    return this.#isInStep
  }

  /** The connection begins: nothing was said before. */
  begin(): void {
    this.#isInStep = true
    this.request(Request.query)
  }

  /** The client asks; `statement` and `formats` are of the portal that it executes or has described. */
  request(kind: Request, statement?: Statement, formats?: Formats, portal?: string): void {
    this.#watchPortals(kind, portal)
    if (!this.#isInStep && !this.#endsDoubt()) return
    if (this.#skipsToSync && kind !== Request.sync) {
      this.#isNotDone(kind, statement)
      return
    }
    this.#skipsToSync = false
    // libpq sends it at once, and once more behind the data; the server passes over the first.
    if (this.#copiesIn && kind === Request.sync) return
    if (endsTurn(kind) && ++this.#turns > 1) this.#hasPipelined = true
    if (!this.#isOverflowing && this.#queue.push(kind, statement, formats)) return
    this.#isNotDone(kind, statement)
    this.#overflow(kind)
  }

  /** The client has ended what it copies. */
  copied(): void {
    this.#copiesIn = false
  }

  /** ParseComplete, BindComplete, CloseComplete. */
  done(kind: Request): void {
    if (this.#answers(kind)) this.#queue.shift()
  }

  /** FunctionCallResponse; ReadyForQuery follows. */
  returned(): void {
    this.#answers(Request.functionCall)
  }

  /** Types of the parameters, as the server decided them. */
  parametersDescribed(types: readonly number[]): void {
    const isAnswer = this.#answers(Request.describeStatement)
    if (isAnswer && this.#queue.statement !== undefined) this.#queue.statement.parameterTypes = types
    this.#isOfStatement = !isAnswer
  }

  /** RowDescription, or NoData with `undefined`. */
  described(columns: Columns | undefined): void {
    const { kind, statement } = this.#queue
    const isDescribe = kind === Request.describeStatement || kind === Request.describePortal
    if (this.#fits(isDescribe || kind === Request.query)) {
      if (isDescribe) this.#queue.shift()
      else this.#described = columns
      if (isDescribe && statement !== undefined && !this.#statements.describe(statement, columns))
        this.#anomaly(Anomaly.statementMemory)
    } else if (!this.#isInStep) {
      this.#described = this.#isOfStatement || this.#mixesPortals ? undefined : columns
    }
    this.#isOfStatement = false
  }

  /** Columns of the row of `count` values that comes now. */
  columns(count: number): Columns | undefined {
    const { kind, statement } = this.#queue
    const isAnswer = this.#fits(kind === Request.execute || kind === Request.query)
    const columns = isAnswer && kind === Request.execute ? statement?.columns : this.#described
    return columns?.count === count ? columns : undefined
  }

  /** Formats of the rows that come now, as their Bind asked for them; undefined where they are as described. */
  formats(): Formats | undefined {
    return this.#queue.kind === Request.execute ? this.#queue.formats : undefined
  }

  /** CommandComplete, EmptyQueryResponse, PortalSuspended: a simple query goes on to ReadyForQuery. */
  completed(): void {
    this.#described = undefined
    this.#copiesIn = false
    const { kind } = this.#queue
    if (this.#fits(kind === Request.execute || kind === Request.query) && kind === Request.execute)
      this.#queue.shift()
  }

  /** CopyInResponse, CopyOutResponse, CopyBothResponse. Returns how the data are written, where the statement is known. */
  copying(isIn: boolean): CopyForm | undefined {
    const { kind, statement } = this.#queue
    if (!this.#fits(kind === Request.execute || kind === Request.query)) return undefined
    if (kind === Request.query) {
      // Another one of the same text is not described.
      this.#queue.statement = undefined
    } else if (isIn) {
      while (this.#queue.dropSecond(Request.sync)) this.#turns--
      this.#copiesIn = true
    }
    return statement?.text.copy
  }

  /** ErrorResponse: in the extended protocol what comes before the next Sync is void. */
  failed(): void {
    this.#described = undefined
    this.#copiesIn = false
    // They end with the transaction, and a Bind that is void has left the portal as it was.
    this.#statements.forgetPortals()
    // With nothing asked it is about the connection: the server shuts down.
    if (!this.#isInStep || this.#queue.length === 0) {
      this.#isQuiet = false
      return
    }
    while (this.#queue.length > 0 && !endsTurn(this.#queue.kind)) this.#drop()
    this.#skipsToSync = this.#queue.length === 0 && !this.#isOverflowing
  }

  /** ReadyForQuery answers a Sync, a simple query, a function call or the start-up. */
  ready(): void {
    this.#described = undefined
    this.#copiesIn = false
    const isExpected = endsTurn(this.#queue.kind) || (this.#queue.length === 0 && this.#overflownTurns > 0)
    if (this.#fits(isExpected)) {
      this.#turns--
      if (this.#queue.length > 0) this.#queue.shift()
      else if (--this.#overflownTurns === 0 && !this.#isTurnOpen) this.#isOverflowing = false
    }
    this.#isQuiet = !this.#isInStep
  }

  /** What is outstanding is not known any more. */
  lose(): void {
    this.#isInStep = false
    while (this.#queue.length > 0) this.#drop()
    this.#statements.forgetPortals()
    this.#described = undefined
    this.#turns = 0
    this.#skipsToSync = false
    this.#copiesIn = false
    this.#isOverflowing = false
    this.#overflownTurns = 0
    this.#isTurnOpen = false
    this.#isQuiet = false
    this.#quietTurns = 0
    this.#isOfStatement = false
  }

  /** Forgets the request that would be answered now. */
  #drop(): void {
    this.#isNotDone(this.#queue.kind, this.#queue.statement)
    this.#queue.shift()
  }

  /** A request is void, or whether it was done will not be known. */
  #isNotDone(kind: Request, statement: Statement | undefined): void {
    if (kind === Request.parse && statement !== undefined) this.#statements.refused(statement)
  }

  #answers(kind: Request): boolean {
    return this.#fits(this.#queue.kind === kind)
  }

  /** Whether an answer is in step; `fits` tells whether it is one to the oldest request. */
  #fits(fits: boolean): boolean {
    if (this.#isInStep && fits) return true
    if (!this.#isInStep) {
      if (this.#isQuiet) this.#quietTurns = 0
      this.#isQuiet = false
    } else if (this.#queue.length > 0 || !this.#isOverflowing) {
      this.#anomaly(Anomaly.outOfStep)
      this.#statements.forgetColumns()
      this.lose()
    }
    return false
  }

  /** Whether a description may directly precede the rows of another portal than the one described. */
  #watchPortals(kind: Request, portal: string | undefined): void {
    if (kind === Request.execute && this.#describedPortal !== undefined && this.#describedPortal !== portal)
      this.#mixesPortals = true
    this.#describedPortal = kind === Request.describePortal ? portal : undefined
  }

  /** The client speaks while out of step. After enough turns that it has waited for, this is the first of what is known. */
  #endsDoubt(): boolean {
    if (!this.#isQuiet) return false
    this.#isQuiet = false
    this.#quietTurns++
    this.#isInStep = !this.#hasPipelined && this.#quietTurns > limits.quietTurns
    if (this.#isInStep) this.#described = undefined
    return this.#isInStep
  }

  #overflow(kind: Request): void {
    if (!this.#isOverflowing) this.#anomaly(Anomaly.requestOverflow)
    this.#isOverflowing = true
    this.#isTurnOpen = !endsTurn(kind)
    if (!this.#isTurnOpen) this.#overflownTurns++
  }
}
