import type { Log } from '../lib/log.ts'
import type {
  EvidenceQuery,
  EvidenceStore,
  HeadsQuery,
  StoredEntry,
  StoredTile,
} from '../store/evidence-store.ts'
import { type BodyKeys, dayOf } from './body-keys.ts'
import { type EntryHeader, type Evidence, headerText, parseHeader } from './entry.ts'
import { EvidenceError } from './evidence-error.ts'
import { evidenceLimits } from './limits.ts'
import { hashBytes, leafHash } from './merkle/hashing.ts'
import { consistencyRanges, inclusionRanges, type LeafRange } from './merkle/proofs.ts'
import { edgeTiles, rangeHash, type Tile, TileTree, tileWidth } from './merkle/tile-tree.ts'
import { type OpenBody, openEntry, sealEntry } from './sealed-body.ts'
import { type Checkpoint, checkpointText, openNote, parseCheckpoint } from './signed-note.ts'
import { signNote, type Signer } from './signed-note.ts'

export interface LedgerOptions {
  store: EvidenceStore
  signer: Signer
  keys: BodyKeys
  log: Log
  /** Milliseconds since 1970. */
  now?: () => number
}

/** An entry as it is read: its body, where the key of its day was not destroyed. */
export interface LedgerEntry {
  header: EntryHeader
  body: OpenBody | undefined
}

interface Waiting {
  evidence: Evidence
  text: string
  resolve: (header: EntryHeader) => void
  reject: (error: unknown) => void
}

/**
 * The append-only ledger: entries are leaves of a Merkle tree (RFC 9162) whose head is signed. What was appended is durable, and
 * whoever holds a head can prove what was in the ledger then. Entries that come while one commit waits for the disk go into the
 * next one together.
 */
export class Ledger {
  /** Which ledger this is: the name that it signs under. */
  readonly origin: string
  readonly signer: Signer
  readonly #store: EvidenceStore
  readonly #keys: BodyKeys
  readonly #log: Log
  readonly #now: () => number
  readonly #waiting: Waiting[] = []
  /** Tiles that were read last, least recently used first. */
  readonly #tiles = new Map<string, readonly Buffer[]>()
  #tree: TileTree
  #committing: Promise<void> | undefined
  #signing: NodeJS.Timeout | undefined
  #signed: Checkpoint | undefined

  private constructor(options: LedgerOptions, tree: TileTree, signed: Checkpoint | undefined) {
    this.#store = options.store
    this.#keys = options.keys
    this.#log = options.log
    this.#now = options.now ?? Date.now
    this.signer = options.signer
    this.origin = options.signer.name
    this.#tree = tree
    this.#signed = signed
  }

  /**
   * Goes on with what the store holds.
   *
   * @throws EvidenceError `EVIDENCE_DAMAGED` where that is not the tree whose head was signed last.
   */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const { store, signer } = options
    const size = await store.size()
    const edges: Buffer[][] = []
    for (const { level, index, count } of edgeTiles(size)) {
      const hashes = count === 0 ? [] : await readTile(store, level, index)
      if (hashes.length < count) throw damaged(`tile ${index} of level ${level} is not there`)
      edges[level] = hashes.slice(0, count)
    }
    const signed = await lastHead(store, signer, size)
    const ledger = new Ledger(options, new TileTree(size, edges), signed)
    if (signed !== undefined && !(await ledger.#rootOf(signed.size)).equals(signed.root)) {
      throw damaged(`the first ${signed.size} entries are not those that were signed at ${signed.time}`)
    }
    return ledger
  }

  /** Entries that are durable. */
  get size(): number {
    return this.#tree.size
  }

  /** Resolves once the entry is durable. */
  append(evidence: Evidence): Promise<EntryHeader> {
    const text = JSON.stringify(evidence.body)
    if (text.length > evidenceLimits.bodyLength || this.#waiting.length >= evidenceLimits.entriesWaiting) {
      return Promise.reject(
        new RangeError(`evidence of ${text.length} characters is more than the ledger takes`),
      )
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ evidence, text, resolve, reject })
      this.#committing ??= this.#commitAll()
    })
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0)
      await this.#commit(this.#waiting.splice(0, evidenceLimits.entriesPerCommit))
    this.#committing = undefined
    this.#signing ??= setTimeout(() => void this.#signLater(), evidenceLimits.headMs).unref()
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const tree = this.#tree.fork()
    try {
      const entries = group.map(({ evidence, text }, i) => this.#seal(evidence, text, tree.size + i))
      const changed = tree.append(entries.map(({ header }) => leafHash(Buffer.from(header))))
      await this.#store.append({ entries, tiles: changed.map(storedTile) })
      this.#tree = tree
      for (const { level, index, hashes } of changed) this.#keep(level, index, hashes)
      for (const [i, { resolve }] of group.entries()) resolve(parseHeader(entries[i].header) as EntryHeader)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  #seal({ kind, actor, at }: Evidence, text: string, index: number): StoredEntry {
    const time = new Date(at).toISOString()
    const { header, sealed } = sealEntry({ index, time, kind, actor }, text, this.#keys.make(dayOf(time)))
    return { index, at, kind, header: headerText(header), sealed }
  }

  /** In order from an index on, or the last before `to` first. */
  async entries(query: EvidenceQuery): Promise<LedgerEntry[]> {
    const stored = await this.#store.entries(query)
    return stored.map(({ index, header: text, sealed }) => {
      const header = parseHeader(text)
      if (header === undefined || header.index !== index) throw damaged(`entry ${index} is not one`)
      const key = this.#keys.of(dayOf(header.time))
      return { header, body: key === undefined ? undefined : openEntry({ header, sealed }, key) }
    })
  }

  firstSince(at: number): Promise<number> {
    return this.#store.firstSince(at)
  }

  /** The signed head of the ledger as it is now; kept, so that later ones can be held against it. */
  async checkpoint(): Promise<string> {
    const { size } = this.#tree
    const root = this.#tree.root()
    const at = this.#now()
    const head = { origin: this.origin, size, root, time: new Date(at).toISOString() }
    const note = signNote(checkpointText(head), this.signer)
    await this.#store.saveHead({ size, at, note })
    this.#signed = head
    return note
  }

  /** Heads that were signed of trees of `from` to `to` entries. */
  async checkpoints(query: HeadsQuery): Promise<string[]> {
    return (await this.#store.heads(query)).map(({ note }) => note)
  }

  /** The head that was signed last; null before the first. */
  async lastCheckpoint(): Promise<string | null> {
    return (await this.#store.lastHead())?.note ?? null
  }

  /** RFC 9162 section 2.1.3.1. @throws EvidenceError `EVIDENCE_UNKNOWN` */
  inclusionProof(index: number, size: number): Promise<Buffer[]> {
    if (size > this.size || index >= size)
      throw unknown(`The ledger of ${this.size} entries has no ${index} of ${size}.`)
    return this.hashes(inclusionRanges(index, size))
  }

  /** RFC 9162 section 2.1.4.1. @throws EvidenceError `EVIDENCE_UNKNOWN` */
  consistencyProof(first: number, second: number): Promise<Buffer[]> {
    if (first < 1 || first > second || second > this.size) {
      throw unknown(`The ledger of ${this.size} entries did not grow from ${first} to ${second}.`)
    }
    return this.hashes(consistencyRanges(first, second))
  }

  /** Hashes of parts of the tree. */
  async hashes(ranges: readonly LeafRange[]): Promise<Buffer[]> {
    const hashes: Buffer[] = []
    for (const [from, to] of ranges)
      hashes.push(await rangeHash((level, index) => this.#tile(level, index), from, to))
    return hashes
  }

  /** Hashes of the entries `[first, end)`, a tile of them at a time. */
  async *leafHashes(first: number, end: number): AsyncIterable<readonly Buffer[]> {
    for (let from = first; from < end;) {
      const offset = from % tileWidth
      const to = Math.min(end, from - offset + tileWidth)
      const hashes = await this.#tile(0, Math.floor(from / tileWidth))
      yield hashes.slice(offset, offset + to - from)
      from = to
    }
  }

  /**
   * Destroys the keys of all days that are over before a time, in ms since 1970: what was recorded then cannot be read any more, here
   * or in any copy of the store. Returns the days.
   */
  eraseBefore(at: number): string[] {
    return this.#keys.destroyBefore(dayOf(new Date(at).toISOString()))
  }

  /** Signs what was appended last; nothing may be appended after. */
  async close(): Promise<void> {
    clearTimeout(this.#signing)
    await this.#committing
    if (this.size > 0 && this.#signed?.size !== this.size) await this.checkpoint()
  }

  async #signLater(): Promise<void> {
    this.#signing = undefined
    try {
      await this.checkpoint()
    } catch (error) {
      this.#log('error', `The head of the evidence ledger was not signed: ${(error as Error).message}`)
    }
  }

  async #rootOf(size: number): Promise<Buffer> {
    return rangeHash((level, index) => this.#tile(level, index), 0, size)
  }

  async #tile(level: number, index: number): Promise<readonly Buffer[]> {
    const known = this.#tiles.get(`${level} ${index}`)
    const hashes = known ?? (await readTile(this.#store, level, index))
    this.#keep(level, index, hashes)
    return hashes
  }

  #keep(level: number, index: number, hashes: readonly Buffer[]): void {
    const name = `${level} ${index}`
    this.#tiles.delete(name)
    this.#tiles.set(name, hashes)
    if (this.#tiles.size <= evidenceLimits.tilesKept) return
    for (const oldest of this.#tiles.keys()) {
      this.#tiles.delete(oldest)
      return
    }
  }
}

function storedTile({ level, index, hashes }: Tile): StoredTile {
  return { level, index, hashes: Buffer.concat(hashes).toString('base64') }
}

async function readTile(store: EvidenceStore, level: number, index: number): Promise<Buffer[]> {
  const bytes = Buffer.from((await store.tile(level, index)) ?? '', 'base64')
  const count = Math.floor(bytes.length / hashBytes)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes))
}

/** The head that was signed last. @throws EvidenceError where it is of more entries than there are, or not signed by the key. */
async function lastHead(store: EvidenceStore, signer: Signer, size: number): Promise<Checkpoint | undefined> {
  const head = await store.lastHead()
  if (head === null) return undefined
  const text = openNote(head.note, [signer])
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
  if (checkpoint === undefined) throw damaged('its last head was not signed by the key in the state folder')
  if (checkpoint.size > size) throw damaged(`${checkpoint.size} entries were signed, and there are ${size}`)
  return checkpoint
}

function damaged(what: string): EvidenceError {
  return new EvidenceError('EVIDENCE_DAMAGED', `The evidence ledger is not as it was signed: ${what}.`, {
    nextStep:
      'Keep a copy of the state folder as it is: it is evidence itself. Then restore a backup, or start with another --state-dir.',
  })
}

function unknown(message: string): EvidenceError {
  return new EvidenceError('EVIDENCE_UNKNOWN', message)
}
