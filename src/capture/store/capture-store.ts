import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../../lib/durable-file.ts'
import type { CaptureAbout, CapturePart } from '../../model/captures.ts'
import { captureLimits } from '../limits.ts'
import { FileSealer, openSealed, type SealProblem } from './sealed-file.ts'

/** What is known of a file without opening it. */
export interface KeptFile {
  file: string
  enforcer: string
  about: CaptureAbout
  /** Of the sealed file. */
  bytes: number
  packets: number
  dropped: number
  /** `open` while it is written; `cut` where its end never came. */
  state: 'open' | 'whole' | 'cut'
  /** ms since 1970 of its last part. */
  at: number
}

interface Written {
  kept: KeptFile
  sealer: FileSealer
  parts: number
}

export interface CaptureStoreOptions {
  /** Made where it is not there. */
  folder: string
  /** 32 bytes: wraps the keys of files. */
  key: Uint8Array
  now: () => number
  /** Most bytes of one enforcer, and of all. */
  nodeBytes?: number
  totalBytes?: number
  keptMs?: number
}

const SEALED = '.sealed'
const ABOUT = '.json'
/** Names of files are made by enforcers: nothing else than this leads anywhere. */
const NAME = /^[A-Za-z0-9-]{1,120}$/

/** Files of packets in a folder, encrypted, each with what it is about beside it; the oldest go when their time or their room is over. */
export class CaptureStore {
  readonly #options: Required<CaptureStoreOptions>
  readonly #files = new Map<string, KeptFile>()
  readonly #written = new Map<string, Written>()

  /** @throws what the system says where the folder cannot be had */
  constructor(options: CaptureStoreOptions) {
    const { nodeBytes, totalBytes, keptMs } = captureLimits
    this.#options = { nodeBytes, totalBytes, keptMs, ...options }
    if (!existsSync(options.folder)) mkdirSync(options.folder, { mode: 0o700 })
    this.#load()
  }

  /** Newest first. */
  list(): KeptFile[] {
    return [...this.#files.values()].toSorted((a, b) => b.at - a.at)
  }

  get(file: string): KeptFile | undefined {
    return this.#files.get(file)
  }

  /**
   * Takes the next part of a file; one that is not next ends the file where it is.
   * @param enforcer that recorded it
   * @throws what the system says
   */
  take(enforcer: string, part: CapturePart): void {
    const written =
      part.part === 0 ? this.#begin(enforcer, part) : this.#written.get(keyOf(enforcer, part.file))
    if (written === undefined || written.kept.enforcer !== enforcer) return
    if (written.parts !== part.part) return this.#end(written, 'cut')
    written.parts++
    this.#append(written, Buffer.from(part.data, 'base64'), part.isLast)
    if (!part.isLast) return
    written.kept.packets = part.packets ?? 0
    written.kept.dropped = part.dropped ?? 0
    this.#end(written, 'whole')
  }

  /** What an enforcer that is gone had begun ends where it is. */
  cut(enforcer: string): void {
    for (const written of this.#written.values())
      if (written.kept.enforcer === enforcer) this.#end(written, 'cut')
  }

  /**
   * The packets of a file, pcapng.
   * @returns undefined where there is no such file; a problem where it is not, or not wholly, as it was written
   * @throws what the system says
   */
  open(file: string): { bytes: Buffer; problem: SealProblem | undefined } | undefined {
    if (!this.#files.has(file)) return undefined
    const chunks = openSealed(file, readFileSync(this.#path(file, SEALED)), this.#options.key)
    const opened: Buffer[] = []
    for (;;) {
      const next = chunks.next()
      if (next.done === true) return { bytes: Buffer.concat(opened), problem: next.value }
      opened.push(next.value)
    }
  }

  /** A file as it is kept: encrypted. Undefined where there is no such file, or it cannot be read. */
  sealed(file: string): Buffer | undefined {
    if (!this.#files.has(file)) return undefined
    try {
      return readFileSync(this.#path(file, SEALED))
    } catch {
      return undefined
    }
  }

  /** Removes a file. @returns whether it was there */
  remove(file: string): boolean {
    if (!this.#files.delete(file)) return false
    for (const suffix of [SEALED, ABOUT]) rmSync(this.#path(file, suffix), { force: true })
    return true
  }

  /** Lets go what is too old, or too much: the oldest first. */
  prune(): void {
    const { now, keptMs, nodeBytes, totalBytes } = this.#options
    const byNode = new Map<string, number>()
    let bytes = 0
    for (const [index, kept] of this.list().entries()) {
      const ofNode = (byNode.get(kept.enforcer) ?? 0) + kept.bytes
      const isTooMuch = ofNode > nodeBytes || bytes + kept.bytes > totalBytes || index >= captureLimits.files
      if (kept.state !== 'open' && (isTooMuch || now() - kept.at > keptMs)) this.remove(kept.file)
      else {
        byNode.set(kept.enforcer, ofNode)
        bytes += kept.bytes
      }
    }
  }

  #load(): void {
    for (const name of readdirSync(this.#options.folder)) {
      if (!name.endsWith(ABOUT)) continue
      const file = name.slice(0, -ABOUT.length)
      const kept = this.#read(file)
      if (kept === undefined) continue
      // Whoever wrote it is gone.
      if (kept.state === 'open') kept.state = 'cut'
      this.#files.set(file, kept)
    }
    this.prune()
  }

  #read(file: string): KeptFile | undefined {
    try {
      const kept = JSON.parse(readFileSync(this.#path(file, ABOUT), 'utf8')) as KeptFile
      return { ...kept, bytes: statSync(this.#path(file, SEALED)).size }
    } catch {
      return undefined // One of the two is not there or was not written to its end.
    }
  }

  #begin(enforcer: string, { file, about }: CapturePart): Written | undefined {
    if (about === undefined || !NAME.test(file) || this.#files.has(file)) return undefined
    const { key, now } = this.#options
    const kept: KeptFile = {
      file,
      enforcer,
      about,
      bytes: 0,
      packets: 0,
      dropped: 0,
      state: 'open',
      at: now(),
    }
    const written = { kept, sealer: new FileSealer(file), parts: 0 }
    this.#files.set(file, kept)
    this.#written.set(keyOf(enforcer, file), written)
    this.#add(kept, written.sealer.head(key))
    this.#describe(kept)
    return written
  }

  #append({ kept, sealer }: Written, bytes: Buffer, isLast: boolean): void {
    const { chunkBytes } = captureLimits
    let at = 0
    do {
      const end = Math.min(bytes.length, at + chunkBytes)
      this.#add(kept, sealer.seal(bytes.subarray(at, end), isLast && end === bytes.length))
      at = end
    } while (at < bytes.length)
    kept.at = this.#options.now()
  }

  #add(kept: KeptFile, bytes: Buffer): void {
    appendFileSync(this.#path(kept.file, SEALED), bytes, { mode: 0o600 })
    kept.bytes += bytes.length
  }

  #end({ kept }: Written, state: 'whole' | 'cut'): void {
    kept.state = state
    this.#written.delete(keyOf(kept.enforcer, kept.file))
    this.#describe(kept)
    this.prune()
  }

  #describe(kept: KeptFile): void {
    writeDurably(this.#path(kept.file, ABOUT), `${JSON.stringify(kept)}\n`)
  }

  #path(file: string, suffix: string): string {
    return join(this.#options.folder, `${file}${suffix}`)
  }
}

function keyOf(enforcer: string, file: string): string {
  return `${enforcer} ${file}`
}
