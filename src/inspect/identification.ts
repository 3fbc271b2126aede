import type { Direction } from '../model/direction.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { Verdict } from '../protocols/protocol.ts'

/** Outcome of asking every protocol: the one that said yes, `undefined` while one may still, `null` when none will. */
export type Identified = Protocol | undefined | null

/**
 * Asks the protocols of a transport whether the beginning of a direction is theirs. The first `yes` in the table's
 * order decides; ports never do alone.
 */
export class Identification {
  readonly #tcp: readonly Protocol[]
  readonly #udp: readonly Protocol[]

  constructor(protocols: readonly Protocol[]) {
    this.#tcp = protocols.filter((protocol) => protocol.transport !== 'udp')
    this.#udp = protocols.filter((protocol) => protocol.transport !== 'tcp')
  }

  tcp(direction: Direction, bytes: Uint8Array, start: number, end: number, serverPort: number): Identified {
    return ask(this.#tcp, direction, bytes, start, end, serverPort)
  }

  udp(direction: Direction, bytes: Uint8Array, start: number, end: number, serverPort: number): Identified {
    // A datagram is whole: what may be more than this is not.
    return ask(this.#udp, direction, bytes, start, end, serverPort) ?? null
  }
}

function ask(
  protocols: readonly Protocol[],
  direction: Direction,
  bytes: Uint8Array,
  start: number,
  end: number,
  serverPort: number,
): Identified {
  let open = false
  for (let i = 0; i < protocols.length; i++) {
    const verdict = protocols[i].probe(direction, bytes, start, end, serverPort)
    if (verdict === Verdict.yes) return protocols[i]
    if (verdict === Verdict.maybe) open = true
  }
  return open ? undefined : null
}
