import { latin1 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import type { FlowDetails, HttpDetails } from '../../model/records.ts'
import { limits } from './limits.ts'
import { NO_TRAITS } from './connection-traits.ts'
import { UNKNOWN_METHOD, methodName } from './methods.ts'

const TEXTS = new Interned(limits.interned, (bytes, start, end) =>
  latin1(bytes, start, Math.min(end, start + limits.detailBytes)),
)

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
  #traits = NO_TRAITS
  /** Nearly all that a connection's responses have is one status. */
  #firstStatusCount = 0
  #more: More | undefined

  /** `version` as major × 10 + minor; the unknown method is spelled by `bytes[start, end)`. */
  request(version: number, method: number, bytes: Uint8Array, start: number, end: number): void {
    this.requests++
    this.#noteVersion(version)
    const { methods } = this.#traits
    if (methods.length === limits.distinctMethods) return
    const name = method === UNKNOWN_METHOD ? TEXTS.get(bytes, start, end) : methodName(method)
    if (!methods.includes(name)) this.#traits = this.#traits.with('methods', name)
  }

  #noteVersion(version: number): void {
    if (this.#traits.version === 0) this.#traits = this.#traits.with('version', version)
  }

  response(version: number, status: number): void {
    this.responses++
    this.#noteVersion(version)
    if (this.#firstStatusCount === 0) this.#traits = this.#traits.with('firstStatus', status)
    if (this.#traits.firstStatus === status) {
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
    return this.#traits.host !== undefined
  }

  get hasUserAgent(): boolean {
    return this.#traits.userAgent !== undefined
  }

  get hasServer(): boolean {
    return this.#traits.server !== undefined
  }

  host(bytes: Uint8Array, start: number, end: number): void {
    if (!this.hasHost) this.#traits = this.#traits.with('host', TEXTS.get(bytes, start, end))
  }

  userAgent(bytes: Uint8Array, start: number, end: number): void {
    if (!this.hasUserAgent) this.#traits = this.#traits.with('userAgent', TEXTS.get(bytes, start, end))
  }

  server(bytes: Uint8Array, start: number, end: number): void {
    if (!this.hasServer) this.#traits = this.#traits.with('server', TEXTS.get(bytes, start, end))
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
    const { methods, firstStatus } = this.#traits
    http.methods = [...new Set([...http.methods, ...methods])]
    if (this.#firstStatusCount > 0) addStatus(http, firstStatus, this.#firstStatusCount)
    const { statuses, anomalies } = this.#more ?? NOTHING_MORE
    for (let i = 0; i < statuses.length; i += 2) addStatus(http, statuses[i], statuses[i + 1])
    this.#describeFirst(http)
    if (anomalies.length > 0) http.anomalies = [...new Set([...(http.anomalies ?? []), ...anomalies])]
  }

  #describeFirst(http: HttpDetails): void {
    const { version, host, userAgent, server } = this.#traits
    if (version >= HTTP_2) http.version = versionText(version)
    else if (version !== 0) http.version ??= versionText(version)
    if (host !== undefined) http.host ??= host
    if (userAgent !== undefined) http.userAgent ??= userAgent
    if (server !== undefined) http.server ??= server
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
