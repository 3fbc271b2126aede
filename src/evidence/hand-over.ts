import {
  openNote,
  parseVerifierLine,
  type Signer,
  signNote,
  type Verifier,
  verifierLine,
} from './signed-note.ts'

/** One signing key in place of another: signed by both, so that who trusts either of them can trust the other. */
export interface HandOver {
  /** Which ledger. */
  origin: string
  /** Trees of up to so many entries are signed by the old key, larger ones by the new: both may sign one of exactly so many. */
  size: number
  from: Verifier
  to: Verifier
  /** RFC 3339. */
  time: string
}

/** The note that hands a ledger over: its text, and a signature of each key. */
export function signHandOver({ from, to, ...said }: HandOver & { from: Signer; to: Signer }): string {
  return signNote(handOverText({ ...said, from, to }), from, to)
}

/** Undefined where the note is none, or where one of its two keys has not signed it. */
export function openHandOver(note: string): HandOver | undefined {
  const match = /^([^\n]+)\nhand-over (0|[1-9]\d{0,15})\n([^\n]+)\n([^\n]+)\ntime ([^\n]+)\n\n/.exec(note)
  if (match === null) return undefined
  const [, origin, size, from, to, time] = match
  const keys = { from: parseVerifierLine(from), to: parseVerifierLine(to) }
  if (keys.from?.name !== origin || keys.to?.name !== origin || Number.isNaN(Date.parse(time)))
    return undefined
  const handOver = { origin, size: Number(size), from: keys.from, to: keys.to, time }
  const isSigned = [handOver.from, handOver.to].every(
    (key) => openNote(note, [key]) === handOverText(handOver),
  )
  return isSigned && Number.isSafeInteger(handOver.size) ? handOver : undefined
}

function handOverText({ origin, size, from, to, time }: HandOver): string {
  return `${origin}\nhand-over ${size}\n${verifierLine(from)}\n${verifierLine(to)}\ntime ${time}\n`
}
