import type { X509Certificate } from 'node:crypto'
import type { WitnessKind } from '../../model/evidence-kinds.ts'
import type { KeyChain } from '../key-chain.ts'
import type { Checkpoint } from '../signed-note.ts'
import { openTimeStamp } from '../witness/time-stamp.ts'
import type { BundleReader } from './bundle-reader.ts'
import { bundleFile, parsePart } from './format.ts'

/** A head that somebody else has confirmed. */
export interface WitnessedHead {
  kind: WitnessKind
  /** Who: the subject of a certificate, an address, a path. */
  name: string
  /** The first so many entries of the ledger were there … */
  size: number
  /** … at this time, RFC 3339: of a time stamp as its authority says, of others as Pavise does. */
  time: string
  /** Whether that holds without trust in Pavise: by a certificate that leads to a given root, or by what a second place has kept. */
  isProven: boolean
}

interface Trust {
  roots?: readonly X509Certificate[] | undefined
  heads?: readonly string[] | undefined
}

interface Witnessed {
  heads: { head: Checkpoint; said: WitnessedHead }[]
  problems: string[]
}

/** What witnesses say of heads; whether these fit the entries is looked at by who has those. */
export async function witnessedHeads(
  reader: BundleReader,
  chain: KeyChain,
  trust: Trust,
): Promise<Witnessed> {
  const witnessed: Witnessed = { heads: [], problems: [] }
  for await (const line of reader.lines(bundleFile.witnesses)) addBundled(witnessed, line, chain, trust.roots)
  for (const note of trust.heads ?? []) {
    const head = chain.openHead(note)
    if (head === undefined)
      witnessed.problems.push('a head that a second place has kept is not signed by this ledger')
    else witnessed.heads.push({ head, said: kept(head) })
  }
  return witnessed
}

function addBundled(
  { heads, problems }: Witnessed,
  line: string,
  chain: KeyChain,
  roots: readonly X509Certificate[] = [],
): void {
  const witness = parsePart('witness', line)
  const head = witness === undefined ? undefined : chain.openHead(witness.note)
  if (witness === undefined || head === undefined) {
    problems.push('a head that a witness was told is not signed by this ledger')
    return
  }
  const { kind, name, at, note, proof } = witness
  const { size } = head
  if (kind !== 'time-stamp') {
    heads.push({ head, said: { kind, name, size, time: at, isProven: false } })
    return
  }
  const stamp = openTimeStamp(Buffer.from(proof, 'base64'), note, { roots })
  if (typeof stamp === 'string')
    problems.push(`the time stamp of ${name} over ${size} entries does not fit: ${stamp}`)
  else
    heads.push({
      head,
      said: { kind, name: stamp.authority, size, time: stamp.time, isProven: stamp.isTrusted },
    })
}

function kept({ size, time }: Checkpoint): WitnessedHead {
  return { kind: 'file', name: 'the heads that were given', size, time, isProven: true }
}

/** The note that a line of JSON holds; empty where it is none. */
export function noteOf(line: string): string {
  try {
    const note: unknown = JSON.parse(line)
    return typeof note === 'string' ? note : ''
  } catch {
    return ''
  }
}
