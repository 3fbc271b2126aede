import { CaptureFile } from '../../capture/capture-file.ts'
import type { FilterNode } from '../../capture/filter/filter-node.ts'
import { captureLimits } from '../../capture/limits.ts'
import { formatTime, type Microseconds } from '../../lib/time.ts'
import type { CaptureAbout, CapturePart } from '../../model/captures.ts'
import type { Packet } from '../../packet/packet.ts'

/** From a pcapng file to one in which personal data is masked; the one that is given may change. */
export type CaptureMask = (file: Uint8Array, name: string, comments: string[]) => Uint8Array

export interface RecordingOptions {
  file: string
  workload: string
  since: Microseconds
  until: Microseconds
  headersOnly: boolean
  /** Masks personal data in the whole file, given with what it is about. */
  mask?: CaptureMask | undefined
  mostBytes: number
  filter: FilterNode | undefined
  /** Id of the order; absent for one that began by itself. */
  order?: string
  finding?: CaptureAbout['finding']
}

/** One file that is being recorded; it leaves in parts. */
export class Recording {
  readonly order: string | undefined
  readonly filter: FilterNode | undefined
  readonly until: Microseconds
  /** What does not fit any more is counted. */
  mostBytes: number
  isOver = false
  readonly #name: string
  readonly #about: CaptureAbout
  readonly #file: CaptureFile
  readonly #say: (part: CapturePart) => void
  readonly #mask: CaptureMask | undefined
  #parts = 0
  #dropped = 0

  constructor(options: RecordingOptions, say: (part: CapturePart) => void) {
    const { file, workload, since, headersOnly, mask, order, finding } = options
    this.order = order
    this.filter = options.filter
    this.until = options.until
    this.#mask = mask
    this.mostBytes = options.mostBytes
    this.#name = file
    this.#say = say
    this.#about = {
      workload,
      since: formatTime(since),
      headersOnly,
      ...(mask === undefined ? {} : { masked: true }),
      ...(order === undefined ? {} : { capture: order }),
      ...(finding === undefined ? {} : { finding }),
    }
    this.#file = new CaptureFile({
      name: workload,
      comments: [JSON.stringify(this.#about)],
      headersOnly,
      partBytes: captureLimits.firstRingBytes,
    })
  }

  /** Bytes of the file so far. */
  get bytes(): number {
    return this.#file.bytes
  }

  /** Whether there is room for a packet; of an empty file there always is. */
  hasRoomFor({ start, end }: Packet): boolean {
    return !this.isOver && (this.#file.packets === 0 || this.#file.bytes + end - start <= this.mostBytes)
  }

  packet(packet: Packet): void {
    if (!this.hasRoomFor(packet)) {
      this.#dropped++
      return
    }
    this.#file.packet(packet)
    if (this.#file.waiting >= captureLimits.partBytes) this.flush()
  }

  /** Hands on what is written, but for what is to be masked: a value may go on. */
  flush(): void {
    if (this.#file.waiting > 0 && this.#mask === undefined) this.#hand(this.#file.take(), false)
  }

  end(): void {
    if (this.isOver) return
    this.isOver = true
    this.#handRest(this.#masked(this.#file.take()))
  }

  #masked(file: Uint8Array): Uint8Array {
    return this.#mask?.(file, this.#about.workload, [JSON.stringify(this.#about)]) ?? file
  }

  #handRest(bytes: Uint8Array): void {
    const { partBytes } = captureLimits
    let at = 0
    for (; bytes.length - at > partBytes; at += partBytes)
      this.#hand(bytes.subarray(at, at + partBytes), false)
    this.#hand(bytes.subarray(at), true)
  }

  #hand(bytes: Uint8Array, isLast: boolean): void {
    const part = this.#parts++
    this.#say({
      file: this.#name,
      part,
      isLast,
      data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
      ...(part === 0 ? { about: this.#about } : {}),
      ...(isLast ? { packets: this.#file.packets, dropped: this.#dropped } : {}),
    })
  }
}
