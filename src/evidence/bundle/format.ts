import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { witnessKinds } from '../../model/evidence-kinds.ts'

/** Names of the files in a bundle. */
export const bundleFile = {
  /** What the bundle is: `BundleManifest`. */
  manifest: 'bundle.json',
  /** The signed head of the ledger when the bundle was made. */
  checkpoint: 'checkpoint.note',
  /** How each signing key came after the one before it: a JSON string a line. Bundles of before there was any have none. */
  handOvers: 'hand-overs.ndjson',
  /** Heads that somebody else was told: a `BundledWitness` a line. */
  witnesses: 'witnesses.ndjson',
  /** Heads that were signed before: a JSON string a line. */
  heads: 'heads.ndjson',
  /** A `BundledEntry` a line. */
  entries: 'entries.ndjson',
  /** Hashes of the entries, 32 bytes each: with them the first that does not fit can be named. */
  leaves: 'leaves.bin',
  /** Hashes of what the ledger holds before and after: `RangeProof`. */
  proof: 'proof.json',
  /** For people. */
  index: 'index.html',
} as const

/** What a bundle may lack. */
export const optionalFiles: ReadonlySet<string> = new Set([bundleFile.handOvers, bundleFile.witnesses])

export const bundleFormat = 'pavise-evidence/1'

const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

const bundleManifest = Type.Object({
  format: Type.Literal(bundleFormat),
  /** Which ledger. */
  origin: Type.String(),
  /** The key that signed, as one line. */
  key: Type.String(),
  /** When it was made, RFC 3339. */
  made: Type.String(),
  /** Entries `[first, end)` of a ledger of `size`. */
  first: count,
  end: count,
  size: count,
})
export type BundleManifest = Static<typeof bundleManifest>

/** Hashes in base64 of the whole subtrees before the entries and after them, from left to right. */
const rangeProof = Type.Object({ before: Type.Array(Type.String()), after: Type.Array(Type.String()) })
export type RangeProof = Static<typeof rangeProof>

/** An entry: `header` as it was hashed; `salt` in base64 and `body`, unless they were erased. */
const bundledEntry = Type.Object({
  header: Type.String(),
  salt: Type.Optional(Type.String()),
  body: Type.Optional(Type.String()),
})
export type BundledEntry = Static<typeof bundledEntry>

/** A head that a witness was told: the signed `note`, and as `proof` what it gave for it, such as a time stamp in base64. */
const bundledWitness = Type.Object({
  kind: Type.Enum([...witnessKinds]),
  name: Type.String(),
  /** When Pavise says that it was, RFC 3339. */
  at: Type.String(),
  note: Type.String(),
  proof: Type.String(),
})
export type BundledWitness = Static<typeof bundledWitness>

/**
 * What the note at the end of a bundle says, as the comment of its ZIP file: the ledger, that it is a bundle, and the SHA-256 of
 * all bytes before the note, in lower-case hexadecimal.
 */
export function signatureText(origin: string, digest: string): string {
  return `${origin}\nbundle ${digest}\n`
}

/** The end of central directory record of a ZIP file (APPNOTE 4.3.16) up to its comment, whose length is in its last two bytes. */
export const zipEndBytes = 22

const schemas = { manifest: bundleManifest, proof: rangeProof, entry: bundledEntry, witness: bundledWitness }

interface Parsed {
  manifest: BundleManifest
  proof: RangeProof
  entry: BundledEntry
  witness: BundledWitness
}

/** Undefined where the text is not JSON of that shape. */
export function parsePart<Name extends keyof Parsed>(name: Name, text: string): Parsed[Name] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return Value.Check(schemas[name], value) ? (value as Parsed[Name]) : undefined
}
