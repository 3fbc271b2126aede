import { contentHex, type Element, elementsIn, readElement, Tag } from './der.ts'

/** A key as reports name it, and whether it is too short to be relied on today (BSI TR-02102-1, NIST SP 800-131A). */
export interface PublicKey {
  name: string
  isWeak: boolean
}

const unknownKey: PublicKey = { name: 'unknown', isWeak: false }

const curves: Record<string, [name: string, bits: number]> = {
  '2a8648ce3d030101': ['P-192', 192],
  '2b81040021': ['P-224', 224],
  '2a8648ce3d030107': ['P-256', 256],
  '2b81040022': ['P-384', 384],
  '2b81040023': ['P-521', 521],
  '2b8104000a': ['secp256k1', 256],
  '2b2403030208010107': ['brainpoolP256r1', 256],
  '2b240303020801010b': ['brainpoolP384r1', 384],
  '2b240303020801010d': ['brainpoolP512r1', 512],
}

const RSA = '2a864886f70d010101'
const RSA_PSS = '2a864886f70d01010a'
const DSA = '2a8648ce380401'
const EC = '2a8648ce3d0201'
const ED25519 = '2b6570'
const ED448 = '2b6571'

/** Of `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7, RFC 3279, RFC 8410). */
export function readPublicKey(bytes: Uint8Array, info: Element): PublicKey {
  const [algorithm, key] = elementsIn(bytes, info)
  if (algorithm === undefined || key?.tag !== Tag.bitString) return unknownKey
  const [identifier, parameters] = elementsIn(bytes, algorithm)
  if (identifier === undefined) return unknownKey
  switch (contentHex(bytes, identifier)) {
    case RSA:
    case RSA_PSS:
      return readRsa(bytes, key)
    case DSA: {
      const bits = parameters === undefined ? 0 : firstIntegerBits(bytes, parameters)
      return { name: `DSA ${bits}`, isWeak: true }
    }
    case EC:
      return readCurve(bytes, parameters)
    case ED25519:
      return { name: 'Ed25519', isWeak: false }
    case ED448:
      return { name: 'Ed448', isWeak: false }
    default:
      return unknownKey
  }
}

/** The modulus, in a sequence behind the count of unused bits. */
function readRsa(bytes: Uint8Array, { start, end }: Element): PublicKey {
  const sequence = readElement(bytes, start + 1, end)
  if (sequence === undefined) return unknownKey
  const bits = firstIntegerBits(bytes, sequence)
  return { name: `RSA ${bits}`, isWeak: bits < 2048 }
}

function readCurve(bytes: Uint8Array, parameters: Element | undefined): PublicKey {
  const [name, bits] = (parameters && curves[contentHex(bytes, parameters)]) ?? ['unknown curve', 256]
  return { name: `EC ${name}`, isWeak: bits < 224 }
}

function firstIntegerBits(bytes: Uint8Array, within: Element): number {
  const integer = readElement(bytes, within.start, within.end)
  if (integer?.tag !== Tag.integer) return 0
  let at = integer.start
  while (at < integer.end && bytes[at] === 0) at++
  return at === integer.end ? 0 : (integer.end - at) * 8 - Math.clz32(bytes[at]) + 24
}
