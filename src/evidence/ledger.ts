import type { Log } from '../lib/log.ts'
import type { EvidenceKind } from '../model/evidence-kinds.ts'
import type {
  EvidenceQuery,
  EvidenceStore,
  HeadsQuery,
  StoredEntry,
  StoredHead,
  StoredWitness,
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
import { openHandOver } from './hand-over.ts'
import type { KeyChain } from './key-chain.ts'
import { type Checkpoint, checkpointText, signNote, type Signer, verifierLine } from './signed-note.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { Witness } from './witness/witness.ts'
import { Witnesses, type WitnessState } from './witness/witnesses.ts'

export interface LedgerOptions {
  store: EvidenceStore
  signing: SigningKeys
  keys: BodyKeys
  log: Log
  /** Who is told of each head that is signed. */
  witnesses?: readonly Witness[]
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
  readonly #signing: SigningKeys
  readonly #store: EvidenceStore
  readonly #keys: BodyKeys
  readonly #log: Log
  readonly #now: () => number
  readonly #witnesses: Witnesses
  readonly #waiting: Waiting[] = []
  /** Tiles that were read last, least recently used first. */
  readonly #tiles = new Map<string, readonly Buffer[]>()
  #tree: TileTree
  #committing: Promise<void> | undefined
  #headTimer: NodeJS.Timeout | undefined
  #signed: Checkpoint | undefined

  private constructor(options: LedgerOptions, tree: TileTree, signed: Checkpoint | undefined) {
    this.#store = options.store
    this.#keys = options.keys
    this.#log = options.log
    this.#now = options.now ?? Date.now
    this.#signing = options.signing
    this.origin = options.signing.signer.name
    this.#witnesses = new Witnesses({
      witnesses: options.witnesses ?? [],
      store: this.#store,
      now: this.#now,
      log: this.#log,
      changed: (state, what) => this.#witnessChanged(state, what),
    })
    this.#tree = tree
    this.#signed = signed
  }

  /**
   * Goes on with what the store holds.
   *
   * @throws EvidenceError `EVIDENCE_DAMAGED` where that is not the tree whose head was signed last.
   */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const { store, signing } = options
    const size = await store.size()
    const edges: Buffer[][] = []
    for (const { level, index, count } of edgeTiles(size)) {
      const hashes = count === 0 ? [] : await readTile(store, level, index)
      if (hashes.length < count) throw damaged(`tile ${index} of level ${level} is not there`)
      edges[level] = hashes.slice(0, count)
    }
    const signed = await lastHead(store, signing.chain, size)
    const ledger = new Ledger(options, new TileTree(size, edges), signed)
    if (signed !== undefined && !(await ledger.#rootOf(signed.size)).equals(signed.root)) {
      throw damaged(`the first ${signed.size} entries are not those that were signed at ${signed.time}`)
    }
    await ledger.#recordHandOvers('pavise', 'Pavise ended before this was on record')
    return ledger
  }

  /** The key that signs now. */
  get signer(): Signer {
    return this.#signing.signer
  }

  /** All keys that ever signed. */
  get chain(): KeyChain {
    return this.#signing.chain
  }

  /** How each key came after the one before it, as signed notes. */
  get handOvers(): readonly string[] {
    return this.#signing.handOvers
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
    this.#headTimer ??= setTimeout(() => void this.#signLater(), evidenceLimits.headMs).unref()
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
    return (await this.#store.entries(query)).map((stored) => this.#opened(stored))
  }

  /** The newest of a kind; undefined where there is none. */
  async last(kind: EvidenceKind): Promise<LedgerEntry | undefined> {
    return (await this.entries({ from: 0, kind, limit: 1, isNewestFirst: true }))[0]
  }

  #opened({ index, header: text, sealed }: StoredEntry): LedgerEntry {
    const header = parseHeader(text)
    if (header === undefined || header.index !== index) throw damaged(`entry ${index} is not one`)
    const key = this.#keys.of(dayOf(header.time))
    return { header, body: key === undefined ? undefined : openEntry({ header, sealed }, key) }
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
    this.#witnesses.signed({ size, at, note })
    return note
  }

  /** Heads that were signed of trees of `from` to `to` entries. */
  checkpoints(query: HeadsQuery): Promise<StoredHead[]> {
    return this.#store.heads(query)
  }

  /** The head that was signed last; null before the first. */
  async lastCheckpoint(): Promise<string | null> {
    return (await this.#store.lastHead())?.note ?? null
  }

  /** Whom heads are told to, and how that goes. */
  witnessStates(): WitnessState[] {
    return this.#witnesses.states()
  }

  /** What witnesses have taken of trees of `from` to `to` entries, newest first. */
  witnessed(query: { from: number; to: number; limit: number }): Promise<StoredWitness[]> {
    return this.#store.witnesses(query)
  }

  #witnessChanged(state: WitnessState, what: 'late' | 'again'): void {
    this.append({ kind: 'witness', actor: 'pavise', at: this.#now(), body: { what, ...state } }).catch(
      (error: unknown) => this.#log('error', `Not put on record: ${(error as Error).message}`),
    )
  }

  /**
   * Goes on with another signing key. The old one signs the new, which is on record, and is destroyed.
   *
   * @throws EvidenceError where the key cannot be written; the old one stays then
   */
  async rotateKey(actor: string, reason: string): Promise<void> {
    // At once: a head is of the tree and of the key of one moment.
    this.#signing.rotate(this.size, new Date(this.#now()).toISOString())
    await this.#recordHandOvers(actor, reason)
    await this.checkpoint()
  }

  /** Those that are not on record yet: all, but after a crash. */
  async #recordHandOvers(actor: string, reason: string): Promise<void> {
    const notes = this.handOvers
    if (notes.length === 0) return
    const recorded = await this.#store.entries({ from: 0, kind: 'key', limit: notes.length })
    for (const note of notes.slice(recorded.length)) {
      const handOver = openHandOver(note)
      if (handOver === undefined) continue
      const { size, from, to, time } = handOver
      const body = { reason, size, from: verifierLine(from), to: verifierLine(to), time, note }
      await this.append({ kind: 'key', actor, at: this.#now(), body })
    }
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
   * Destroys the keys of days: what was recorded then cannot be read any more, here or in any copy of the store. That it was done is
   * on record for as long as the ledger is.
   *
   * @param days `2026-11-21`, in UTC: from the first to the one before the last
   * @returns those of which there were keys
   */
  async eraseDays(days: { from: string; before: string }, actor: string, reason: string): Promise<string[]> {
    const erased = this.#keys.destroy(days)
    if (erased.length > 0)
      await this.append({ kind: 'erasure', actor, at: this.#now(), body: { days: erased, reason } })
    return erased
  }

  /** Signs what was appended last; nothing may be appended after. */
  async close(): Promise<void> {
    clearTimeout(this.#headTimer)
    await this.#committing
    if (this.size > 0 && this.#signed?.size !== this.size) await this.checkpoint()
    await this.#witnesses.close()
  }

  async #signLater(): Promise<void> {
    this.#headTimer = undefined
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
async function lastHead(
  store: EvidenceStore,
  chain: KeyChain,
  size: number,
): Promise<Checkpoint | undefined> {
  const head = await store.lastHead()
  if (head === null) return undefined
  const checkpoint = chain.openHead(head.note)
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
