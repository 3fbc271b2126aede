import { CaptureReader } from '../../packet/capture/reader.ts'
import { IpProtocol, type Packet } from '../../packet/packet.ts'
import type { Finding, PersonalDataDetector } from '../../personal-data/detector.ts'
import { Engine } from '../engine.ts'
import { builtInProtocols } from '../protocols.ts'
import { limits } from './limits.ts'
import { mendChecksum } from './mended-checksum.ts'
import { isReadable, payloadOf, RecordedFlow, type RecordedPayload } from './recorded-packets.ts'
import { RecordedStream } from './recorded-stream.ts'
import { rewrittenFile } from './rewritten-file.ts'
import { isWordByte, ValueTrie } from './value-trie.ts'

const STAR = 0x2a

/** What became of a file. */
export interface MaskedCapture {
  /** pcapng. */
  bytes: Uint8Array
  /** Places at which something was masked. */
  masked: number
  /** Connections whose payload is covered as a whole: what is in it stands there encoded, or is not known as it was. */
  covered: number
}

export interface MaskingOptions {
  detector: PersonalDataDetector
  /** Of the interface in the file that is made. */
  name: string
  comments: string[]
}

/**
 * Masks personal data in a file of packets, in place: letters and digits become stars, lengths stay, checksums are mended. What stands there
 * in the clear or percent-encoded, also across segments, is masked; a connection in which anything is found beyond that has its payload covered.
 * So has one of which something could not be read. What is masked is inspected again until nothing is found. Of what is not inspected, as fragments and ICMP, headers are left.
 *
 * @param file pcap or pcapng; it is changed
 */
export function maskCapture(file: Uint8Array, options: MaskingOptions): MaskedCapture {
  const masker = new CaptureMasker(file, options.detector)
  for (let round = 0; round < limits.rounds && masker.inspect(); round++) masker.mask(round > 0)
  const { masked, covered } = masker
  const comment = `Personal data masked: ${masked} places, ${covered} connections covered.`
  return { bytes: rewrittenFile(file, options.name, [...options.comments, comment]), masked, covered }
}

class CaptureMasker {
  masked = 0
  readonly #file: Uint8Array
  readonly #detector: PersonalDataDetector
  /** By the flow's number. */
  #flows = new Map<string, RecordedFlow>()
  readonly #covered = new Set<string>()

  constructor(file: Uint8Array, detector: PersonalDataDetector) {
    this.#file = file
    this.#detector = detector
  }

  get covered(): number {
    return this.#covered.size
  }

  /** Whether something is found. */
  inspect(): boolean {
    this.#flows = new Map()
    const engine = this.#engine()
    read(this.#file, (packet) => {
      engine.packet(packet)
      const { current: flow } = engine
      if (flow < 0 || !isReadable(packet)) return
      // What pads the frame is of no protocol.
      this.#file.fill(0, packet.payloadEnd, packet.end)
      if (packet.payloadEnd === packet.payloadStart) return
      this.#flow(engine.idOf(flow)).payloads.push(payloadOf(packet, engine.flows.side))
    })
    engine.close()
    return this.#flows.values().some(hasValues)
  }

  /** @param again what is found now could not be masked where it stands */
  mask(again: boolean): void {
    for (const [id, flow] of this.#flows) {
      if (!hasValues(flow)) continue
      if (again || flow.isCovered || !this.#maskFlow(flow)) this.#cover(id, flow)
    }
  }

  #engine(): Engine {
    const engine: Engine = new Engine(
      {
        protocols: builtInProtocols,
        detector: this.#detector,
        // Nothing that is hashed leaves.
        hashKey: new Uint8Array(32),
        // Numbers of flows are the same whenever the file is read.
        seed: [0, 0],
        values: (flow, finding) => this.#found(this.#flow(engine.idOf(flow)), finding),
      },
      {
        flow: ({ id, conversation }) => {
          const codes = [...(conversation?.anomalies?.keys() ?? [])]
          if (codes.some(isUnread)) this.#flow(id).isCovered = true
        },
      },
    )
    return engine
  }

  #flow(id: string): RecordedFlow {
    const known = this.#flows.get(id)
    if (known !== undefined) return known
    const made = new RecordedFlow()
    this.#flows.set(id, made)
    return made
  }

  #found(flow: RecordedFlow, finding: Finding | undefined): void {
    if (finding === undefined) {
      flow.isCovered = true
      return
    }
    const { bytes, start, end } = finding
    const isInPlace = bytes === this.#file
    if (isInPlace) flow.places.push([start, end])
    if (isInPlace && end - start < limits.sweptBytes) return
    flow.valueBytes += end - start
    if (flow.valueBytes > limits.valueBytes) flow.isCovered = true
    else flow.values.push(bytes.slice(start, end))
  }

  /** False where its segments contradict each other. */
  #maskFlow(flow: RecordedFlow): boolean {
    const values = new ValueTrie(limits.valueBytes)
    for (const value of flow.values) values.add(value, 0, value.length)
    const streams = streamsOf(this.#file, flow)
    if (streams.some(({ isContradictory }) => isContradictory)) return false
    for (const stream of streams) {
      this.masked += maskText(stream, flow, values)
      for (const payload of stream.sayAgain()) mendChecksum(this.#file, payload)
    }
    return true
  }

  #cover(id: string, { payloads }: RecordedFlow): void {
    this.#covered.add(id)
    for (const payload of payloads) {
      this.#file.fill(STAR, payload.start, payload.end)
      mendChecksum(this.#file, payload)
    }
  }
}

/** Whether a content was not read for what it is encoded in, or how large it is: nobody knows what it holds. */
function isUnread(code: string): boolean {
  return ['nested-', 'file-', 'http-encoding-'].some((prefix) => code.startsWith(prefix))
}

function hasValues({ isCovered, places, values }: RecordedFlow): boolean {
  return isCovered || places.length > 0 || values.length > 0
}

/** Each direction of a connection, or each datagram. */
function streamsOf(file: Uint8Array, { payloads }: RecordedFlow): RecordedStream[] {
  const byDirection: [RecordedPayload[], RecordedPayload[]] = [[], []]
  const streams: RecordedStream[] = []
  for (const payload of payloads) {
    if (payload.protocol === IpProtocol.tcp) byDirection[payload.side].push(payload)
    else streams.push(new RecordedStream(file, [payload]))
  }
  for (const segments of byDirection)
    if (segments.length > 0) streams.push(new RecordedStream(file, segments))
  return streams
}

/** Covers letters and digits of all values. @returns at how many places */
function maskText(stream: RecordedStream, { places }: RecordedFlow, values: ValueTrie): number {
  const { text } = stream
  const found = [...stream.placesOf(places)]
  for (let at = 0; at < text.length;) {
    const end = values.match(text, at)
    if (end > at) found.push([at, end])
    at = Math.max(end, at + 1)
  }
  let count = 0
  for (const [start, end] of found) if (coverWords(text, start, end)) count++
  return count
}

/** False where nothing was left to be covered. */
function coverWords(text: Uint8Array, start: number, end: number): boolean {
  let isChanged = false
  for (let i = start; i < end; i++) {
    if (!isWordByte(text[i])) continue
    text[i] = STAR
    isChanged = true
  }
  return isChanged
}

function read(file: Uint8Array, take: (packet: Packet) => void): void {
  new CaptureReader().read(file, 0, file.length, { packet: take })
}
