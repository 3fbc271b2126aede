import { createHash } from 'node:crypto'
import { Readable, Transform, type TransformCallback } from 'node:stream'
import { ZipFile } from 'yazl'
import { EvidenceError } from '../evidence-error.ts'
import { headerText } from '../entry.ts'
import type { Ledger, LedgerEntry } from '../ledger.ts'
import { evidenceLimits } from '../limits.ts'
import { wholeSubtrees } from '../merkle/subtrees.ts'
import { type Signer, signNote, verifierLine } from '../signed-note.ts'
import {
  bundleFile,
  bundleFormat,
  type BundledEntry,
  type BundleManifest,
  signatureText,
  zipEndBytes,
} from './format.ts'
import { IndexPage } from './index-page.ts'

export interface BundleRequest {
  /** Entries `[first, end)`. */
  first: number
  end: number
  /** When it is made, ms since 1970. */
  at: number
  /** What goes along, signed with the rest. Read when it is its turn. */
  attached?: readonly Attached[]
}

export interface Attached {
  /** With its folder. */
  name: string
  content: () => Promise<string | Buffer>
}

/** A file of a bundle. */
interface Part {
  name: string
  content: AsyncIterable<Buffer>
}

/**
 * A bundle as a ZIP file that is made while it is read: nothing of it is held but what is on its way. A reading that fails
 * destroys the stream.
 *
 * @throws EvidenceError where there are no such entries.
 */
export async function writeBundle(
  ledger: Ledger,
  { first, end: asked, at, attached = [] }: BundleRequest,
): Promise<Readable> {
  const { origin, signer, handOvers } = ledger // As they are now: the key may be another when the last byte is read.
  const note = await ledger.checkpoint()
  const size = ledger.chain.openHead(note)?.size ?? 0
  const end = Math.min(asked, size)
  if (first >= end) {
    throw new EvidenceError(
      'EVIDENCE_UNKNOWN',
      `The ledger has no entries from ${first} to ${end}; it has ${size}.`,
    )
  }
  const made = new Date(at).toISOString()
  const about: BundleManifest = {
    ...{ format: bundleFormat, origin, key: verifierLine(signer), made, first, end, size },
  }
  const page = new IndexPage(
    about,
    attached.map(({ name }) => name),
  )
  const parts: Part[] = [
    { name: bundleFile.manifest, content: once(`${JSON.stringify(about, null, 2)}\n`) },
    { name: bundleFile.checkpoint, content: once(note) },
    { name: bundleFile.handOvers, content: once(handOvers.map(jsonLine).join('')) },
    { name: bundleFile.witnesses, content: witnesses(ledger, first, end) },
    { name: bundleFile.heads, content: heads(ledger, end) },
    { name: bundleFile.entries, content: entries(ledger, about, page) },
    { name: bundleFile.leaves, content: leaves(ledger, first, end) },
    { name: bundleFile.proof, content: proof(ledger, about) },
    { name: bundleFile.index, content: page.content() },
    ...attached.map(({ name, content }) => ({ name, content: later(content) })),
  ]
  return zipped(parts, signer)
}

function zipped(parts: readonly Part[], signer: Signer): Readable {
  const zip = new ZipFile()
  const output = new SignedTail(signer)
  zip.outputStream.pipe(output)
  for (const { name, content } of parts) {
    zip.addReadStreamLazy(name, (give) => {
      const stream = Readable.from(content, { objectMode: false })
      stream.on('error', (error) => output.destroy(error))
      give(null, stream)
    })
  }
  zip.end()
  return output
}

/** Passes a ZIP file on and signs it: the note becomes its comment, so that no bit of the file can be another. */
class SignedTail extends Transform {
  readonly #signer: Signer
  readonly #hash = createHash('sha256')
  /** The last bytes so far: at the end they are the record that says how long the comment is. */
  #tail = Buffer.alloc(0)

  constructor(signer: Signer) {
    super()
    this.#signer = signer
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    const known = Buffer.concat([this.#tail, chunk])
    const passed = known.subarray(0, Math.max(0, known.length - zipEndBytes))
    this.#tail = known.subarray(passed.length)
    this.#hash.update(passed)
    done(null, passed)
  }

  override _flush(done: TransformCallback): void {
    const end = Buffer.from(this.#tail)
    // Whatever digest it has, a note is as long: hexadecimal digits and a signature of 64 bytes.
    end.writeUInt16LE(this.#note('0'.repeat(64)).length, zipEndBytes - 2)
    this.push(end)
    done(null, this.#note(this.#hash.update(end).digest('hex')))
  }

  #note(digest: string): Buffer {
    return Buffer.from(signNote(signatureText(this.#signer.name, digest), this.#signer))
  }
}

async function* once(content: string): AsyncIterable<Buffer> {
  yield Buffer.from(content)
}

async function* later(content: Attached['content']): AsyncIterable<Buffer> {
  yield Buffer.from(await content())
}

async function* heads(ledger: Ledger, end: number): AsyncIterable<Buffer> {
  for (let from = 1; ;) {
    const limit = evidenceLimits.entriesPerRead
    const read = await ledger.checkpoints({ from, to: end, limit })
    if (read.length === 0) return
    yield Buffer.from(read.map(({ note }) => jsonLine(note)).join(''))
    if (read.length < limit) return
    from = (read.at(-1)?.size ?? end) + 1
  }
}

async function* witnesses(ledger: Ledger, first: number, end: number): AsyncIterable<Buffer> {
  const told = await ledger.witnessed({ from: first + 1, to: end, limit: evidenceLimits.bundleWitnesses })
  const lines = told.map(({ kind, name, at, note, proof }) =>
    jsonLine({ kind, name, at: new Date(at).toISOString(), note, proof }),
  )
  yield Buffer.from(lines.join(''))
}

function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Each is read once: what the page for people says of it is taken on the way. */
async function* entries(
  ledger: Ledger,
  { first, end }: { first: number; end: number },
  page: IndexPage,
): AsyncIterable<Buffer> {
  for (let from = first; from < end;) {
    const limit = Math.min(evidenceLimits.entriesPerRead, end - from)
    const read = await ledger.entries({ from, to: end, limit })
    if (read.length === 0) return
    page.add(read)
    yield Buffer.from(read.map((entry) => jsonLine(bundled(entry))).join(''))
    from += read.length
  }
}

function bundled({ header, body }: LedgerEntry): BundledEntry {
  const text = headerText(header)
  return body === undefined
    ? { header: text }
    : { header: text, salt: body.salt.toString('base64'), body: body.text }
}

async function* leaves(ledger: Ledger, first: number, end: number): AsyncIterable<Buffer> {
  for await (const hashes of ledger.leafHashes(first, end)) yield Buffer.concat(hashes)
}

async function* proof(
  ledger: Ledger,
  { first, end, size }: { first: number; end: number; size: number },
): AsyncIterable<Buffer> {
  const hashes = async (from: number, to: number): Promise<string[]> => {
    const ranges = wholeSubtrees(from, to).map(
      ({ level, index }) => [index * 2 ** level, (index + 1) * 2 ** level] as const,
    )
    return (await ledger.hashes(ranges)).map((hash) => hash.toString('base64'))
  }
  const content = { before: await hashes(0, first), after: await hashes(end, size) }
  yield Buffer.from(jsonLine(content))
}
