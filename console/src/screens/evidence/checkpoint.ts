import { fromBase64, type Head, hex } from './merkle.ts'

/** The signed head of a ledger: a checkpoint as a signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note). */

export interface Checkpoint extends Head {
  origin: string
  time: string
}

/** Undefined where the text is no checkpoint. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const match = /^([^\n]+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\ntime ([^\n]+)\n\n/.exec(note)
  if (match === null) return undefined
  const [, origin, size, root, time] = match
  return { origin, size: Number(size), root: fromBase64(root), time }
}

/** `other`: signed by a key with another id; `unsupported`: this browser has no Ed25519. */
export type Signature = 'valid' | 'invalid' | 'other' | 'unsupported'

const keyIdBytes = 4

/**
 * Whether a note is signed with a key.
 *
 * @param key as one line: `name+hexadecimal id+base64(1, 32 bytes)`
 */
export async function checkSignature(note: string, key: string): Promise<Signature> {
  const [, name, id, raw] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(key) ?? []
  const end = note.lastIndexOf('\n\n')
  if (raw === undefined || end < 0) return 'invalid'
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => signatureIn(line, name, id))
  if (signatures.length === 0) return 'other'
  const text = new TextEncoder().encode(note.slice(0, end + 1))
  try {
    const bytes = new Uint8Array(fromBase64(raw).subarray(1))
    const imported = await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])
    for (const signature of signatures)
      if (await crypto.subtle.verify('Ed25519', imported, signature, text)) return 'valid'
    return 'invalid'
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unsupported'
    throw error
  }
}

/** `— name base64(key id, signature)`, where it is by that key. */
function signatureIn(line: string, name: string, id: string): Uint8Array<ArrayBuffer>[] {
  const [mark, by, base64] = line.split(' ')
  if (mark !== '\u2014' || by !== name || base64 === undefined) return []
  const bytes = fromBase64(base64)
  return hex(bytes.subarray(0, keyIdBytes)) === id ? [new Uint8Array(bytes.subarray(keyIdBytes))] : []
}
