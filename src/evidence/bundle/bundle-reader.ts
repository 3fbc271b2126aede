import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ExitCode } from '../../lib/errors.ts'
import { EvidenceError } from '../evidence-error.ts'
import { evidenceLimits } from '../limits.ts'
import { hashBytes } from '../merkle/hashing.ts'
import { bundleFile, optionalFiles } from './format.ts'

/** The files of a bundle, of which none is read before it is asked for. */
export class BundleReader {
  /** The comment of the ZIP file: the note that signs it. */
  readonly comment: string
  readonly #path: string
  readonly #zip: ZipFile
  readonly #files: ReadonlyMap<string, Entry>

  private constructor(path: string, zip: ZipFile, files: ReadonlyMap<string, Entry>) {
    this.#path = path
    this.#zip = zip
    this.#files = files
    this.comment = textOf(zip.comment)
  }

  /** @throws EvidenceError where it is no ZIP file, or has not the files of a bundle. */
  static async open(path: string): Promise<BundleReader> {
    const zip = await openZip(path)
    try {
      const files = await filesOf(zip)
      const missing = Object.values(bundleFile).filter((name) => !files.has(name) && !optionalFiles.has(name))
      if (missing.length > 0) throw new Error(`it has no ${missing.join(', ')}`)
      return new BundleReader(path, zip, files)
    } catch (error) {
      zip.close()
      throw unreadable(path, error)
    }
  }

  async text(name: string): Promise<string> {
    return (await this.#bytes(name)).toString('utf8')
  }

  /** A file as a whole. */
  async #bytes(name: string): Promise<Buffer> {
    const most = evidenceLimits.bundleFileBytes
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of this.#chunks(name)) {
      length += chunk.length
      if (length > most) throw unreadable(this.#path, new Error(`${name} has more than ${most} bytes`))
      chunks.push(chunk)
    }
    return Buffer.concat(chunks, length)
  }

  /** Hashes of a file, one after the other: only some of them are in memory, however many there are. */
  hashes(name: string): HashReader {
    return new HashReader(this.#chunks(name))
  }

  /** Lines of a file without their ends; none where it may be absent and is. One that is longer than any can be ends the reading. */
  async *lines(name: string): AsyncIterable<string> {
    if (!this.#files.has(name)) return
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of this.#chunks(name)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() as string
      yield* lines
      if (rest.length > evidenceLimits.bundleLineLength) {
        throw unreadable(this.#path, new Error(`a line of ${name} is longer than any can be`))
      }
    }
    if (rest !== '') yield rest
  }

  close(): void {
    this.#zip.close()
  }

  async *#chunks(name: string): AsyncIterable<Buffer> {
    try {
      const stream: Readable = await this.#zip.openReadStreamPromise(this.#files.get(name) as Entry)
      yield* stream as AsyncIterable<Buffer>
    } catch (error) {
      throw unreadable(this.#path, error)
    }
  }
}

/** Hashes as they come: ask `next` as long as `isEmpty` is not so, else `fill` it before. */
export class HashReader {
  readonly #chunks: AsyncIterator<Buffer>
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Whether more has to be read for the next. */
  get isEmpty(): boolean {
    return this.#bytes.length - this.#at < hashBytes
  }

  /** Reads on. False where there is no whole hash any more. */
  async fill(): Promise<boolean> {
    while (this.isEmpty) {
      const { done, value } = await this.#chunks.next()
      if (done === true) return false
      const rest = this.#bytes.subarray(this.#at)
      this.#bytes = rest.length === 0 ? value : Buffer.concat([rest, value])
      this.#at = 0
    }
    return true
  }

  next(): Buffer {
    const hash = this.#bytes.subarray(this.#at, this.#at + hashBytes)
    this.#at += hashBytes
    return hash
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}

/** Names and comment are left as bytes: the comment of a bundle is UTF-8, and ZIP says nothing of it. */
async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false })
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function filesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const files = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = textOf(entry.fileName)
    if (files.has(name)) throw new Error(`it has ${name} twice`)
    files.set(name, entry)
  }
  return files
}

/** Typed as text, it is bytes where strings are not decoded. */
function textOf(value: string | Buffer): string {
  return Buffer.from(value as Buffer).toString('utf8')
}

function unreadable(path: string, error: unknown): EvidenceError {
  if (error instanceof EvidenceError) return error
  return new EvidenceError('BUNDLE_UNREADABLE', `${path}: ${(error as Error).message}`, {
    cause: error,
    nextStep: 'Name a file that `pavise evidence export` made, as it was made.',
    exitCode: ExitCode.incomplete,
  })
}
