import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { captureLimits } from '../limits.ts'

/** AES-256-GCM (NIST SP 800-38D). */
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const LENGTH_BYTES = 4
const MAGIC = Buffer.from('PAVISE-CAPTURE-1\n', 'latin1')
const HEAD_BYTES = MAGIC.length + NONCE_BYTES + TAG_BYTES + KEY_BYTES

/**
 * A file in chunks that are encrypted by a random key of its own, which is wrapped by the instance's key at its beginning. Chunks are numbered
 * and the last says that it is: none can be left out, added, exchanged or taken from another file without it being seen.
 */
export class FileSealer {
  readonly #id: string
  readonly #key = randomBytes(KEY_BYTES)
  #chunks = 0

  /** @param id of the file: a file under another name does not open */
  constructor(id: string) {
    this.#id = id
  }

  /** What the file begins with. @param instanceKey 32 bytes */
  head(instanceKey: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', instanceKey, nonce).setAAD(Buffer.from(this.#id))
    const wrapped = Buffer.concat([cipher.update(this.#key), cipher.final()])
    return Buffer.concat([MAGIC, nonce, cipher.getAuthTag(), wrapped])
  }

  /** One more chunk, of at most `captureLimits.chunkBytes`. */
  seal(bytes: Uint8Array, isLast: boolean): Buffer {
    const index = this.#chunks++
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(index)).setAAD(placeOf(index, isLast))
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(sealed.length)
    return Buffer.concat([length, sealed, cipher.getAuthTag()])
  }
}

/** Why a file does not open: `key` for another instance's or another file's, `damaged`, or `cut` behind what was opened. */
export type SealProblem = 'key' | 'damaged' | 'cut'

/** Opens a file that is at hand; stops at what is wrong, behind what was in order. */
export function* openSealed(
  id: string,
  file: Uint8Array,
  instanceKey: Uint8Array,
): Generator<Buffer, SealProblem | undefined> {
  const key = unwrap(id, file, instanceKey)
  if (key === undefined) return 'key'
  let at = HEAD_BYTES
  for (let index = 0; at < file.length; index++) {
    const length =
      file.length - at < LENGTH_BYTES
        ? Infinity
        : Buffer.from(file.buffer, file.byteOffset + at).readUInt32BE()
    const end = at + LENGTH_BYTES + length + TAG_BYTES
    if (end > file.length) return 'cut'
    if (length > captureLimits.chunkBytes) return 'damaged'
    const sealed = file.subarray(at + LENGTH_BYTES, end - TAG_BYTES)
    const tag = file.subarray(end - TAG_BYTES, end)
    const isLast = end === file.length
    const open = openChunk(key, { index, sealed, tag }, isLast)
    if (open === undefined) {
      const isCut = isLast ? openChunk(key, { index, sealed, tag }, false) : undefined
      if (isCut !== undefined) yield isCut
      return isCut === undefined ? 'damaged' : 'cut'
    }
    yield open
    at = end
  }
  return at === HEAD_BYTES ? 'cut' : undefined
}

function unwrap(id: string, file: Uint8Array, instanceKey: Uint8Array): Buffer | undefined {
  if (file.length < HEAD_BYTES || Buffer.compare(file.subarray(0, MAGIC.length), MAGIC) !== 0)
    return undefined
  const nonceEnd = MAGIC.length + NONCE_BYTES
  const tagEnd = nonceEnd + TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', instanceKey, file.subarray(MAGIC.length, nonceEnd))
  decipher.setAAD(Buffer.from(id)).setAuthTag(file.subarray(nonceEnd, tagEnd))
  return finished(decipher, file.subarray(tagEnd, HEAD_BYTES))
}

function openChunk(
  key: Buffer,
  { index, sealed, tag }: { index: number; sealed: Uint8Array; tag: Uint8Array },
  isLast: boolean,
): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index))
  decipher.setAAD(placeOf(index, isLast)).setAuthTag(tag)
  return finished(decipher, sealed)
}

function finished(decipher: ReturnType<typeof createDecipheriv>, bytes: Uint8Array): Buffer | undefined {
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch {
    return undefined // Its tag does not fit.
  }
}

/** The key is this file's alone, so that a counter never comes twice. */
function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeUInt32BE(index, NONCE_BYTES - 4)
  return nonce
}

function placeOf(index: number, isLast: boolean): Buffer {
  return Buffer.from(`${index}${isLast ? ' last' : ''}`)
}
