import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BundleReport, verifyBundle } from '../../evidence/bundle/verify-bundle.ts'
import { noteOf, type WitnessedHead } from '../../evidence/bundle/witnessed-heads.ts'
import { readCertificates } from '../../evidence/witness/certificates.ts'
import { parseVerifierLine, type Verifier } from '../../evidence/signed-note.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { printable } from '../terminal/text.ts'

export interface VerifyFlags {
  key?: string
  authorityRoots?: string
  heads?: string
  json: boolean
}

class KeyError extends PaviseError<'KEY_UNUSABLE' | 'HEADS_UNUSABLE'> {}

/**
 * @returns 1 where something does not fit
 * @throws EvidenceError where the file is no bundle, KeyError
 */
export async function verifyEvidence(path: string, flags: VerifyFlags): Promise<ExitCode> {
  const { key, authorityRoots, heads, json } = flags
  const report = await verifyBundle(path, {
    key: key === undefined ? undefined : readKey(key),
    roots: authorityRoots === undefined ? undefined : readCertificates(authorityRoots),
    heads: heads === undefined ? undefined : readHeads(heads),
  })
  const output = new LineOutput(process.stdout)
  const style = styleFor(process.stdout.isTTY, process.env)
  for (const line of json ? [jsonLine(report)] : peopleLines(report, style)) output.line(line)
  await output.end()
  return report.problems.length > 0 ? ExitCode.findings : ExitCode.clean
}

/** The key itself, or a file with it. */
function readKey(key: string): Verifier {
  const verifier = parseVerifierLine(key) ?? parseVerifierLine(textOf(key))
  if (verifier !== undefined) return verifier
  throw new KeyError(
    'KEY_UNUSABLE',
    `--key ${key} is no public key of a ledger, and no file that holds one.`,
    {
      nextStep: 'Take the line that `pavise evidence status` shows as the public key.',
      exitCode: ExitCode.usage,
    },
  )
}

/** A file with a line for each head, as `--witness-file` writes it; or a folder with a file for each, as a bucket has them. */
function readHeads(path: string): string[] {
  const lines = textOf(path)
    .split('\n')
    .filter((line) => line !== '')
  if (lines.length > 0) return lines.map(noteOf)
  const notes = namesIn(path).map((name) => textOf(join(path, name)))
  if (notes.length > 0) return notes
  throw new KeyError('HEADS_UNUSABLE', `--heads ${path} is no file that holds heads.`, {
    nextStep:
      'Name the file that `pavise up --witness-file` has written, or a folder with what is in the bucket.',
    exitCode: ExitCode.usage,
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function jsonLine({ manifest, isKeyKnown, problems, ...counts }: BundleReport): string {
  const fits = problems.length === 0
  return toJsonText({
    type: 'evidence-verification',
    fits,
    keyKnown: isKeyKnown,
    ...manifest,
    ...counts,
    problems,
  })
}

function peopleLines(
  { manifest, isKeyKnown, entries, erased, heads, handOvers, witnesses, problems }: BundleReport,
  style: Style,
): string[] {
  const { origin, key, made, first, end, size } = manifest
  const gone = erased === 0 ? '' : `, of which ${erased} were erased when their retention was over`
  return [
    `Entries ${first} to ${end - 1} of ${size}, of ${printable(origin)}, exported ${printable(made)}`,
    `Looked at: ${entries} entries${gone}, ${heads} earlier heads, ${counted(handOvers, 'change')} of the key`,
    isKeyKnown
      ? 'Signed by: the key that was given'
      : style.warn(`Not given with --key: compare this with what its owner told you: ${printable(key)}`),
    ...witnessLines(witnesses),
    ...problems.map(({ what }) => `${style.alarm('does not fit')} ${printable(what)}`),
    problems.length === 0
      ? style.good('All fits: nothing was changed, left out or added.')
      : style.alarm(`${problems.length} ${problems.length === 1 ? 'thing does' : 'things do'} not fit.`),
  ]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Of each witness the largest tree that it has confirmed. */
function witnessLines(witnesses: readonly WitnessedHead[]): string[] {
  const byName = Map.groupBy(witnesses, ({ kind, name, isProven }) => `${kind} ${name} ${isProven}`)
  return [...byName.values()].map((heads) => {
    const { kind, name, size, time, isProven } = heads.reduce((a, b) => (b.size > a.size ? b : a))
    const more = heads.length === 1 ? '' : `, and ${counted(heads.length - 1, 'head')} before it`
    return `Witness: ${witnessText[kind]} ${printable(name)}: the first ${size} entries were there at ${time}${more} (${trustText(kind, isProven)})`
  })
}

const witnessText: Readonly<Record<WitnessedHead['kind'], string>> = {
  'time-stamp': 'time stamp of',
  file: 'kept in',
  webhook: 'sent to',
  bucket: 'put into',
}

function trustText(kind: WitnessedHead['kind'], isProven: boolean): string {
  if (isProven) return 'proven'
  return kind === 'time-stamp'
    ? 'its certificate was not held against --authority-roots'
    : 'as Pavise says: compare with --heads'
}
