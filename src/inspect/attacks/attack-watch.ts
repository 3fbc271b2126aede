import type { AttackContext, Strictness } from '../../attacks/attack.ts'
import { limits as attackLimits } from '../../attacks/limits.ts'
import { RequestJudge } from '../../attacks/request/request-judge.ts'
import { limits as secLangLimits } from '../../attacks/seclang/limits.ts'
import { headersOf } from '../../attacks/seclang/transaction/message.ts'
import type { AttackVerdict } from '../../attacks/verdict.ts'
import type { FoundAt, RequestScore } from '../../attacks/request-score.ts'
import { smugglingRules } from '../../attacks/smuggling/rules.ts'
import { latin1 } from '../../lib/bytes.ts'
import { formatAddress } from '../../lib/ip.ts'
import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { AttackRecord, Place } from '../../model/records.ts'
import type { Recogniser } from '../../personal-data/recogniser.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import type { ContentFormat, ContentStream } from '../../protocols/protocol.ts'
import type { SensorHandling } from '../../policy/policy.ts'
import { AttackNotes, type AttackSeen } from './attack-notes.ts'
import { BodyCollector, type BodyMemory } from './body-collector.ts'
import { limits } from './limits.ts'
import { type AttackChoice, RequestState } from './request-state.ts'
import { RequestTable } from './request-table.ts'
import { UserRules, type UserRuleSets } from './user-rules.ts'

/** What an attack watch asks about the flow at hand. */
export interface FlowNames extends AttackChoice {
  nameFlow: (flow: number) => string
  originOf: (flow: number) => number
  applicationOf: (flow: number) => string
  /** Attacks on it are cut. */
  isBlocked: (flow: number) => boolean
  /** What becomes of what a WAF sensor matches on it. */
  sensorHandling: (flow: number, sensor: string) => SensorHandling
  /** How strictly its requests are judged. */
  strictness: (flow: number) => Strictness
  /** A threat that has a name of its own: `sql-injection` in a statement, `struts-exploit`. */
  threat?: (flow: number, event: string) => void
  /** Something of a flow was not judged. */
  anomaly: (flow: number, code: string) => void
  /** Covers what is a person's in a text. */
  redact: (text: string) => string
}

/** What is at hand: 0 is the message where messages do not interleave. */
export interface AtHand {
  flow: number
  message: number
  now: Microseconds
}

/** A WAF sensor of the user matched in a request of a flow. */
export interface SensorMatch {
  readonly flow: number
  readonly sensor: string
}

/** Class of what sensors of the user match. */
const SENSOR = 'sensor'

/** CVE-2017-5638, CVE-2017-9805, CVE-2018-11776, CVE-2023-50164. */
const strutsRules = new Set(
  ['2017-5638', '2017-9805', '2018-11776', '2023-50164'].map((cve) => `exploit.cve-${cve}`),
)

const contexts: ReadonlyMap<string, AttackContext> = new Map([
  ['http.target', 'path'],
  ['http.query', 'query'],
  ['http.header', 'header'],
  ['http.cookie', 'cookie'],
])

/** Judges what clients send in requests and statements, and tells of what is an attack. */
export class AttackWatch {
  /** Flow on which an attack was seen with the packet at hand; -1 where none was. */
  attacked = -1
  /** WAF sensors that matched with it, and on which flow: others may end with the packet of one. */
  readonly matches: SensorMatch[] = []
  /** Flow and time of the packet at hand, and which of the flow's messages what is handed on belongs to. */
  readonly #now: AtHand
  readonly #flows: FlowTable
  readonly #names: FlowNames
  readonly #judge: RequestJudge
  readonly #rules: UserRules
  readonly #notes = new AttackNotes()
  readonly #memory: BodyMemory = { bytes: 0 }
  readonly #requests = new RequestTable()
  readonly #free: RequestState[] = []

  constructor(now: AtHand, flows: FlowTable, names: FlowNames, rules: UserRuleSets = {}) {
    this.#now = now
    this.#flows = flows
    this.#names = names
    this.#judge = new RequestJudge(1)
    this.#rules = new UserRules(rules)
  }

  /** Another packet is at hand. */
  beginPacket(): void {
    this.attacked = -1
    if (this.matches.length > 0) this.matches.length = 0
  }

  /**
   * A WAF sensor of the user matched in a request.
   * @param field as it may be shown: `http.query q`
   */
  sensor({ id, name, attackSensor: sensor = id }: Recogniser, field: string, masked: string): void {
    const { flow, now } = this.#now
    const handling = this.#names.sensorHandling(flow, sensor)
    if (handling === 'off') return
    if (!this.matches.some((match) => match.flow === flow && match.sensor === sensor))
      this.matches.push({ flow, sensor })
    const [place, ...names] = field.split(' ')
    const at = { context: contexts.get(place) ?? 'body', field: names.join(' '), sample: masked }
    const state = this.#current
    const path = state === undefined ? '' : this.#names.redact(state.path())
    const key = ['sensor', this.#names.nameFlow(flow), id, field, state?.method, path].join(' ')
    if (this.#notes.count(key, now)) return
    const reason = { class: SENSOR, rule: `WAF.${id}`, weight: attackLimits.threshold, what: name }
    const action = handling === 'block' ? ('blocked' as const) : ('reported' as const)
    const seen = { ...this.#seen(flow, state, { at, path }), action }
    const verdict = { class: SENSOR, score: attackLimits.threshold, reasons: [reason] }
    const when = { now, origin: this.#names.originOf(flow) }
    if (!this.#notes.add(key, verdict, seen, when)) this.#names.anomaly(flow, 'attack-unlisted')
  }

  /** A message begins; what is not over of the one before is judged by what came of it. */
  beginMessage(direction: Direction): void {
    if (direction !== Direction.toServer) return
    const { flow, message } = this.#now
    this.#finish(flow, message)
    const state = this.#begin(flow)
    this.#requests.set(flow, message, state)
  }

  endMessage(direction: Direction): void {
    if (direction === Direction.toServer) this.#finish(this.#now.flow, this.#now.message)
  }

  /** The request at hand. */
  get #current(): RequestState | undefined {
    return this.#requests.get(this.#now.flow, this.#now.message)
  }

  method(name: string): void {
    const state = this.#current
    if (state !== undefined) state.method = name
  }

  /** The request at hand is off in a way that two servers may read differently. */
  anomaly(code: string): void {
    const rule = smugglingRules.get(code)
    if (rule !== undefined) this.#current?.score.report(rule)
  }

  /** A whole content. */
  content(place: Place, format: ContentFormat, bytes: Uint8Array, start: number, end: number): void {
    if (place === 'sql.text') this.#statement(bytes, start, end)
    const state = this.#current
    if (state === undefined) return
    const judge = this.#judge
    judge.score = state.score
    if (place === 'http.target') {
      state.keepPath(bytes, start, end)
      if (this.#rules.askRequests) state.keepWhole(bytes, start, end, false)
      judge.path(bytes, start, end)
    } else if (place === 'http.query') {
      state.keepQuery(bytes, start, end)
      if (this.#rules.askRequests) state.keepWhole(bytes, start, end, true)
      judge.query(bytes, start, end)
    } else if (place === 'http.header') {
      judge.headers(bytes, start, end)
      state.judgeHead(judge)
      if (this.#rules.askRequests) state.headers = headersOf(latin1(bytes, start, end))
    } else if (place === 'http.body') this.#body(state, format, bytes, start, end)
    this.#mark(this.#now.flow, state.score)
  }

  #mark(flow: number, { isAttack }: RequestScore): void {
    if (isAttack) this.attacked = flow
    if (this.#judge.unjudgedBytes === 0) return
    this.#judge.unjudgedBytes = 0
    this.#names.anomaly(flow, 'attack-value-cut')
  }

  /** A content that comes in pieces; undefined where it is nothing to be judged. */
  open(direction: Direction, place: Place, format: ContentFormat): ContentStream | undefined {
    const { flow } = this.#now
    const state = this.#current
    if (direction !== Direction.toServer || place !== 'http.body' || state === undefined) return undefined
    const taker = {
      body: (as: ContentFormat, bytes: Uint8Array, start: number, end: number) => {
        this.#judge.score = state.score
        this.#body(state, as, bytes, start, end)
        this.#mark(flow, state.score)
      },
      cut: () => this.#names.anomaly(flow, 'attack-body-cut'),
    }
    state.body = new BodyCollector(format, taker, this.#memory)
    return state.body
  }

  /** The flow is over. */
  ended(flow: number): void {
    for (const message of this.#requests.messagesOf(flow)) this.#finish(flow, message)
  }

  report(now: Microseconds, tell: (record: AttackRecord, origin: number) => void): void {
    this.#notes.report(now, tell)
  }

  close(tell: (record: AttackRecord, origin: number) => void, origin?: number): void {
    this.#notes.close(tell, origin)
  }

  #body(state: RequestState, format: ContentFormat, bytes: Uint8Array, start: number, end: number): void {
    this.#judge.body(format, bytes, start, end)
    if (this.#rules.askRequests) state.keepBody(bytes, start, end)
  }

  /** They see a request when it is whole. */
  #askRules(flow: number, state: RequestState): void {
    if (!this.#rules.askRequests || state.method === '') return
    const { client, server } = this.#ends(flow)
    const { method, headers, score, wholeTarget: target, bodyText: body } = state
    if (body.length >= secLangLimits.bodyCharacters) this.#names.anomaly(flow, 'attack-body-cut')
    // Which version it said is not handed on; rules ask for it to tell what is no HTTP.
    const request = { method, target, protocol: 'HTTP/1.1', headers, body, client, server }
    this.#rules.request(request, this.#now.now, score)
  }

  /** A client asks a server of DNS for a name. */
  question(name: Uint8Array, length: number): void {
    if (this.#rules.askNames) this.#askFor('dns', latin1(name, 0, length))
  }

  /** A client asks for a name in its hello to a server of TLS. */
  hello(name: string): void {
    if (this.#rules.askNames) this.#askFor('tls', name)
  }

  #askFor(application: 'dns' | 'tls', name: string): void {
    const { flow, now } = this.#now
    const state = this.#begin(flow)
    this.#rules.name({ application, name }, this.#ends(flow), now, state.score)
    this.#note(flow, state)
    this.#release(state)
  }

  #ends(flow: number): Pick<AttackSeen, 'client' | 'server'> {
    const flows = this.#flows
    return {
      client: { address: formatAddress(flows.clientAddress(flow)), port: flows.clientPort(flow) },
      server: { address: formatAddress(flows.serverAddress(flow)), port: flows.serverPort(flow) },
    }
  }

  #statement(bytes: Uint8Array, start: number, end: number): void {
    const state = this.#begin(this.#now.flow)
    this.#judge.score = state.score
    this.#judge.statement(bytes, start, end)
    this.#note(this.#now.flow, state)
    this.#release(state)
  }

  #finish(flow: number, message: number): void {
    const state = this.#requests.get(flow, message)
    if (state === undefined) return
    this.#requests.delete(flow, message)
    state.body?.close()
    this.#askRules(flow, state)
    this.#note(flow, state)
    this.#release(state)
  }

  #begin(flow: number): RequestState {
    const state = this.#free.pop() ?? new RequestState(this.#names)
    state.begin(flow, this.#names.strictness(flow))
    return state
  }

  #release(state: RequestState): void {
    if (this.#free.length < limits.pooledRequests) this.#free.push(state)
  }

  #note(flow: number, state: RequestState): void {
    const { score } = state
    if (!score.isAttack) return
    this.attacked = flow
    for (const verdict of score.verdicts()) {
      const at = score.placeOf(verdict)
      const path = this.#names.redact(state.path())
      const rules = verdict.reasons.map(({ rule }) => rule).join()
      const key = [flow, this.#names.nameFlow(flow), at?.context, at?.field, rules, state.method, path].join(
        ' ',
      )
      this.#tellThreat(flow, state, verdict)
      if (this.#notes.count(key, this.#now.now)) continue
      const seen = this.#seen(flow, state, { at, path })
      const when = { now: this.#now.now, origin: this.#names.originOf(flow) }
      if (!this.#notes.add(key, verdict, seen, when)) this.#names.anomaly(flow, 'attack-unlisted')
    }
  }

  /** What NeuVector counts among the threats. */
  #tellThreat(flow: number, { method }: RequestState, verdict: AttackVerdict): void {
    if (method === '' && verdict.class === 'sql-injection') this.#names.threat?.(flow, 'sql-injection')
    if (verdict.reasons.some(({ rule }) => strutsRules.has(rule)))
      this.#names.threat?.(flow, 'struts-exploit')
  }

  #seen(
    flow: number,
    state: RequestState | undefined,
    { at, path }: { at: FoundAt | undefined; path: string },
  ): AttackSeen {
    return {
      flow: this.#names.nameFlow(flow),
      ...this.#ends(flow),
      application: this.#names.applicationOf(flow),
      place: at?.context ?? 'header',
      field: this.#names.redact(at?.field ?? ''),
      ...(state === undefined || state.method === '' ? {} : { request: { method: state.method, path } }),
      masked: at?.sample ?? '',
      level: state?.score.strictness ?? this.#names.strictness(flow),
      action: this.#names.isBlocked(flow) ? 'blocked' : 'reported',
    }
  }
}
