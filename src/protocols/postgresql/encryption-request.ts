import { CollectedBytes } from './collected-bytes.ts'
import { limits } from './limits.ts'
import { STARTUP } from './startup.ts'

const SSL_ACCEPTED = 0x53 // S
const GSS_ACCEPTED = 0x47 // G
export const REFUSED = 0x4e // N

export const Answer = { tls: 0, gss: 1, refused: 2, error: 3 } as const
export type Answer = (typeof Answer)[keyof typeof Answer]

/**
 * A client's request for encryption that is not answered yet. What the client sends behind it belongs to TLS or to the
 * connection in the clear, which only the answer tells: until then it is kept.
 */
export class EncryptionRequest {
  /** What the client has sent since. */
  readonly early = new CollectedBytes()
  /** The answer was lost: what comes next from either side tells it. */
  isAnswerLost = false
  readonly #code: number

  /** @param code - of the packet: SSLRequest or GSSENCRequest. */
  constructor(code: number) {
    this.#code = code
  }

  /** False where it is more than is kept. */
  keep(bytes: Uint8Array, start: number, end: number): boolean {
    return this.early.length + end - start <= limits.earlyBytes && this.early.append(bytes, start, end)
  }

  /** What the first byte of the server says; a server before 2003 answers with an error message. */
  answer(byte: number): Answer {
    if (byte === SSL_ACCEPTED && this.#code === STARTUP.ssl) return Answer.tls
    if (byte === GSS_ACCEPTED && this.#code === STARTUP.gss) return Answer.gss
    return byte === REFUSED ? Answer.refused : Answer.error
  }
}

/** Types of a TLS record (RFC 8446 section 5.1): none of them begins a message or a start-up packet. */
export function beginsTls(byte: number): boolean {
  return byte >= 20 && byte <= 23
}
