import { createHash, type X509Certificate } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ExitCode } from '../../lib/errors.ts'
import { EvidenceError } from '../evidence-error.ts'
import { holdsBody, parseHeader, saltBytes } from '../entry.ts'
import { leafHash } from '../merkle/hashing.ts'
import { Frontier, wholeSubtrees } from '../merkle/subtrees.ts'
import { KeyChain } from '../key-chain.ts'
import { type Checkpoint, openNote, parseVerifierLine, type Verifier } from '../signed-note.ts'
import { BundleReader } from './bundle-reader.ts'
import { noteOf, type WitnessedHead, witnessedHeads } from './witnessed-heads.ts'
import { bundleFile, type BundleManifest, parsePart, signatureText, zipEndBytes } from './format.ts'

/** What does not fit, and where, in the order in which it was found. */
export interface BundleProblem {
  what: string
  /** Number of the entry, where one can be named. */
  entry?: number
}

export interface BundleReport {
  manifest: BundleManifest
  /** The key was given by who checks, and not taken from the bundle. */
  isKeyKnown: boolean
  entries: number
  /** Entries whose contents were erased when their retention was over. */
  erased: number
  /** Heads that were signed earlier and fit. */
  heads: number
  /** Times that the signing key was handed over to another. */
  handOvers: number
  /** Which heads somebody else has confirmed. */
  witnesses: WitnessedHead[]
  problems: BundleProblem[]
}

/** By what a bundle is checked. */
export interface Trust {
  /** Of the ledger, the first or a later one: the others follow from it by signed hand-overs. The bundle's own where it is absent. */
  key?: Verifier | undefined
  /** Roots of time stamping authorities. */
  roots?: readonly X509Certificate[] | undefined
  /** Heads as a second place has kept them: signed notes. */
  heads?: readonly string[] | undefined
}

/**
 * Checks a bundle with nothing but a public key: its signature, the signed head of the ledger, that its entries are those of the
 * ledger and all of them, and that each has the contents that were recorded.
 *
 * @throws EvidenceError `BUNDLE_UNREADABLE` where the file cannot be read as a bundle at all.
 */
export async function verifyBundle(path: string, trust: Trust = {}): Promise<BundleReport> {
  const reader = await BundleReader.open(path)
  try {
    return await new BundleCheck(path, reader, trust).run()
  } finally {
    reader.close()
  }
}

class BundleCheck {
  readonly #path: string
  readonly #reader: BundleReader
  readonly #trust: Trust
  readonly #problems: BundleProblem[] = []

  constructor(path: string, reader: BundleReader, trust: Trust) {
    this.#path = path
    this.#reader = reader
    this.#trust = trust
  }

  async run(): Promise<BundleReport> {
    const manifest = parsePart('manifest', await this.#reader.text(bundleFile.manifest))
    if (manifest === undefined)
      throw unreadable(this.#path, `${bundleFile.manifest} is not what a bundle has`)
    const verifier = this.#trust.key ?? parseVerifierLine(manifest.key)
    if (verifier === undefined) throw unreadable(this.#path, 'the key in it is none')
    if (verifier.name !== manifest.origin)
      this.#problem(`it is of the ledger ${manifest.origin}, and the key of ${verifier.name}`)
    const report: BundleReport = {
      ...{ manifest, isKeyKnown: this.#trust.key !== undefined, entries: 0, erased: 0, heads: 0 },
      ...{ handOvers: 0, witnesses: [] },
      problems: this.#problems,
    }
    const chain = await this.#chainOf(verifier, report)
    await this.#checkSignature(manifest, chain)
    try {
      await this.#checkContents(report, chain)
    } catch (error) {
      // Of a file that is not as it was signed it is no wonder that it cannot be read.
      if (this.#problems.length === 0 || !(error instanceof EvidenceError)) throw error
      this.#problem(error.message)
    }
    return report
  }

  /** The keys of the ledger, as far as they can be trusted. */
  async #chainOf(verifier: Verifier, report: BundleReport): Promise<KeyChain> {
    const alone = KeyChain.of(verifier, []) as KeyChain
    try {
      const notes: string[] = []
      for await (const line of this.#reader.lines(bundleFile.handOvers)) notes.push(noteOf(line))
      report.handOvers = notes.length
      const chain = KeyChain.of(verifier, notes)
      if (chain !== undefined) return chain
      this.#problem('its hand-overs from key to key are not signed, or do not lead to this key')
    } catch (error) {
      this.#problem((error as Error).message)
    }
    return alone
  }

  async #checkContents(report: BundleReport, chain: KeyChain): Promise<void> {
    const { manifest } = report
    const checkpoint = await this.#checkCheckpoint(manifest, chain)
    const earlier = await this.#earlierHeads(chain)
    const witnessed = await witnessedHeads(this.#reader, chain, this.#trust)
    for (const what of witnessed.problems) this.#problem(what)
    const all = [...earlier, ...witnessed.heads.map(({ head }) => head)]
    const fitting = await this.#checkTree(manifest, { checkpoint, heads: all })
    report.heads = earlier.filter((head) => fitting.has(head)).length
    report.witnesses = witnessed.heads.filter(({ head }) => fitting.has(head)).map(({ said }) => said)
    Object.assign(report, await this.#checkEntries(manifest))
  }

  #problem(what: string, entry?: number): void {
    this.#problems.push(entry === undefined ? { what } : { what, entry })
  }

  /** The note in the comment is over every byte before it. */
  async #checkSignature({ origin, size }: BundleManifest, chain: KeyChain): Promise<void> {
    const note = this.#reader.comment
    const file = await stat(this.#path)
    const hash = createHash('sha256')
    const signed = file.size - Buffer.byteLength(note)
    if (signed < zipEndBytes) throw unreadable(this.#path, 'it ends too early')
    for await (const chunk of createReadStream(this.#path, { end: signed - 1 })) hash.update(chunk as Buffer)
    if (openNote(note, chain.at(size)) !== signatureText(origin, hash.digest('hex'))) {
      this.#problem('the file is not as it was signed, or not signed by this key')
    }
  }

  async #checkCheckpoint({ origin, size }: BundleManifest, chain: KeyChain): Promise<Checkpoint | undefined> {
    const checkpoint = chain.openHead(await this.#reader.text(bundleFile.checkpoint))
    if (checkpoint === undefined) this.#problem('the head of the ledger is not signed by this key')
    else if (checkpoint.origin !== origin || checkpoint.size !== size) {
      this.#problem(
        `the head is of ${checkpoint.size} entries of ${checkpoint.origin}, and the bundle says ${size} of ${origin}`,
      )
    }
    return checkpoint
  }

  /** Puts the tree together from what is before, the entries' hashes, and what is after. Returns which heads fit. */
  async #checkTree(
    { first, end, size }: BundleManifest,
    { checkpoint, heads }: { checkpoint: Checkpoint | undefined; heads: readonly Checkpoint[] },
  ): Promise<Set<Checkpoint>> {
    const proof = parsePart('proof', await this.#reader.text(bundleFile.proof))
    const [before, after] = [wholeSubtrees(0, first), wholeSubtrees(end, size)]
    if (proof?.before.length !== before.length || proof.after.length !== after.length) {
      this.#problem('the proof is not of these entries')
      return new Set()
    }
    const frontier = new Frontier()
    for (const [i, { level }] of before.entries())
      frontier.push(level, Buffer.from(proof.before[i], 'base64'))
    const fitting = await this.#addLeaves(frontier, { first, end, heads })
    if (fitting === undefined) return new Set()
    for (const [i, { level }] of after.entries()) frontier.push(level, Buffer.from(proof.after[i], 'base64'))
    if (checkpoint !== undefined && !frontier.root().equals(checkpoint.root)) {
      this.#problem('the entries are not those of the signed head')
    }
    return fitting
  }

  /** Adds the hashes of the entries. Returns which heads fit; undefined where there are not as many hashes as entries. */
  async #addLeaves(
    frontier: Frontier,
    { first, end, heads }: { first: number; end: number; heads: readonly Checkpoint[] },
  ): Promise<Set<Checkpoint> | undefined> {
    const fitting = new Set<Checkpoint>()
    const bySize = Map.groupBy(heads, (head) => head.size)
    const leaves = this.#reader.hashes(bundleFile.leaves)
    let size = first
    for (; size < end && (!leaves.isEmpty || (await leaves.fill())); size++) {
      frontier.push(0, leaves.next())
      for (const head of bySize.get(size + 1) ?? []) {
        if (head.root.equals(frontier.root())) fitting.add(head)
        else this.#problem(`the first ${head.size} entries are not those that were signed at ${head.time}`)
      }
    }
    const hasMore = size === end && (await leaves.fill())
    await leaves.close()
    if (size === end && !hasMore) return fitting
    const count = hasMore ? 'more than' : `${size - first} of`
    this.#problem(`there are hashes of ${count} the ${end - first} entries that the bundle says`)
    return undefined
  }

  async #earlierHeads(chain: KeyChain): Promise<Checkpoint[]> {
    const heads: Checkpoint[] = []
    for await (const line of this.#reader.lines(bundleFile.heads)) {
      const head = chain.openHead(noteOf(line))
      if (head === undefined) this.#problem('an earlier head is not signed by this key')
      else heads.push(head)
    }
    return heads
  }

  /** Names the first entry that does not fit, and goes no further: what follows it may all be moved. */
  async #checkEntries({ first, end }: BundleManifest): Promise<{ entries: number; erased: number }> {
    let [entries, erased] = [0, 0]
    const leaves = this.#reader.hashes(bundleFile.leaves)
    for await (const line of this.#reader.lines(bundleFile.entries)) {
      const index = first + entries
      const entry = parsePart('entry', line)
      const isThere = index < end && (!leaves.isEmpty || (await leaves.fill()))
      const wrong = isThere ? wrongWith(entry, index, leaves.next()) : 'one that was added'
      if (entry === undefined || wrong !== undefined) {
        this.#problem(`entry ${index} is ${wrong ?? 'no entry'}`, index)
        await leaves.close()
        return { entries, erased }
      }
      if (entry.body === undefined) erased++
      entries++
    }
    await leaves.close()
    if (entries < end - first) this.#problem(`entry ${first + entries} is not there`, first + entries)
    return { entries, erased }
  }
}

/** What is wrong with an entry that is to have an index and a hash; undefined where nothing is. */
function wrongWith(
  entry: ReturnType<typeof parsePart<'entry'>>,
  index: number,
  hash: Buffer,
): string | undefined {
  const header = entry === undefined ? undefined : parseHeader(entry.header)
  if (entry === undefined || header === undefined) return 'no entry'
  if (header.index !== index) return `another one: number ${header.index}`
  if (!leafHash(Buffer.from(entry.header)).equals(hash)) return 'not as it was recorded'
  if (entry.body === undefined || entry.salt === undefined) return undefined
  const salt = Buffer.from(entry.salt, 'base64')
  return salt.length === saltBytes && holdsBody(header, salt, entry.body)
    ? undefined
    : 'with other contents than were recorded'
}

function unreadable(path: string, why: string): EvidenceError {
  return new EvidenceError('BUNDLE_UNREADABLE', `${path}: ${why}`, { exitCode: ExitCode.incomplete })
}
