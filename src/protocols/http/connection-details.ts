import { latin1 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import type { FlowDetails, HttpDetails } from '../../model/records.ts'
import { limits } from './limits.ts'
import { UNKNOWN_METHOD, methodName } from './methods.ts'

const TEXTS = new Interned(limits.interned, (bytes, start, end) =>
  latin1(bytes, start, Math.min(end, start + limits.detailBytes)),
)

const NO_METHODS: readonly string[] = []
const NO_STATUSES: number[] = []

/** A connection that goes over to it stays with it. */
const HTTP_2 = 20

/** What few connections have: there are hundreds of thousands of open ones. */
class More {
  /** Status codes but the first, and their counts by turns. */
  statuses = NO_STATUSES
  anomalies: string[] = []
}

const NOTHING_MORE: Readonly<More> = new More()

/** What a connection's record says of its messages; a string is made at most once for each distinct value. */
export class ConnectionDetails {
  requests = 0
  responses = 0
  #version = 0
  #host: string | undefined
  #userAgent: string | undefined
  #server: string | undefined
  #lastMethod = UNKNOWN_METHOD
  /** Made anew for each of its few elements: an array that grows has room for 17. Lists of one are shared. */
  #methods: readonly string[] = NO_METHODS
  /** Nearly all that a connection's responses have is one status. */
  #firstStatus = 0
  #firstStatusCount = 0
  #more: More | undefined

  /** `version` as major × 10 + minor; the unknown method is spelled by `bytes[start, end)`. */
  request(version: number, method: number, bytes: Uint8Array, start: number, end: number): void {
    this.requests++
    if (this.#version === 0) this.#version = version
    if (method === this.#lastMethod && method !== UNKNOWN_METHOD) return
    this.#lastMethod = method
    if (this.#methods.length === limits.distinctMethods) return
    const name = method === UNKNOWN_METHOD ? TEXTS.get(bytes, start, end) : methodName(method)
    if (this.#methods === NO_METHODS) this.#methods = listOf(name)
    else if (!this.#methods.includes(name)) this.#methods = this.#methods.concat(name)
  }

  response(version: number, status: number): void {
    this.responses++
    if (this.#version === 0) this.#version = version
    if (this.#firstStatusCount === 0) this.#firstStatus = status
    if (this.#firstStatus === status) {
      this.#firstStatusCount++
      return
    }
    const { statuses } = this.#more ?? NOTHING_MORE
    for (let i = 0; i < statuses.length; i += 2) {
      if (statuses[i] === status) {
        statuses[i + 1]++
        return
      }
    }
    if (statuses.length < 2 * (limits.distinctStatuses - 1))
      this.#others().statuses = statuses.concat(status, 1)
  }

  get hasHost(): boolean {
    return this.#host !== undefined
  }

  get hasUserAgent(): boolean {
    return this.#userAgent !== undefined
  }

  get hasServer(): boolean {
    return this.#server !== undefined
  }

  host(bytes: Uint8Array, start: number, end: number): void {
    this.#host ??= TEXTS.get(bytes, start, end)
  }

  userAgent(bytes: Uint8Array, start: number, end: number): void {
    this.#userAgent ??= TEXTS.get(bytes, start, end)
  }

  server(bytes: Uint8Array, start: number, end: number): void {
    this.#server ??= TEXTS.get(bytes, start, end)
  }

  anomaly(code: string): void {
    const { anomalies } = this.#others()
    if (!anomalies.includes(code)) anomalies.push(code)
  }

  #others(): More {
    return (this.#more ??= new More())
  }

  /** Adds to what a connection inside of which this one runs has already told. */
  describe(details: FlowDetails): void {
    const http = (details.http ??= { requests: 0, responses: 0, methods: [], statuses: {} })
    http.requests += this.requests
    http.responses += this.responses
    http.methods = [...new Set([...http.methods, ...this.#methods])]
    if (this.#firstStatusCount > 0) addStatus(http, this.#firstStatus, this.#firstStatusCount)
    const { statuses, anomalies } = this.#more ?? NOTHING_MORE
    for (let i = 0; i < statuses.length; i += 2) addStatus(http, statuses[i], statuses[i + 1])
    this.#describeFirst(http)
    if (anomalies.length > 0) http.anomalies = [...new Set([...(http.anomalies ?? []), ...anomalies])]
  }

  #describeFirst(http: HttpDetails): void {
    if (this.#version >= HTTP_2) http.version = versionText(this.#version)
    else if (this.#version !== 0) http.version ??= versionText(this.#version)
    if (this.#host !== undefined) http.host ??= this.#host
    if (this.#userAgent !== undefined) http.userAgent ??= this.#userAgent
    if (this.#server !== undefined) http.server ??= this.#server
  }
}

/** From HTTP/2 on there are no minor versions (RFC 9113 section 1). */
function versionText(version: number): string {
  const major = Math.floor(version / 10)
  return major > 1 ? `${major}` : `${major}.${version % 10}`
}

function addStatus(http: HttpDetails, status: number, count: number): void {
  http.statuses[status] = (http.statuses[status] ?? 0) + count
}

const LISTS = new Map<string, readonly string[]>()

/** The same list for the same name, as long as names are few; those that traffic makes up are not kept. */
function listOf(name: string): readonly string[] {
  const known = LISTS.get(name)
  if (known !== undefined) return known
  const made = [name]
  if (LISTS.size < limits.distinctMethods) LISTS.set(name, made)
  return made
}
