import { readFileSync } from 'node:fs'
import { type BundleReport, verifyBundle } from '../../evidence/bundle/verify-bundle.ts'
import { parseVerifierLine, type Verifier } from '../../evidence/signed-note.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { printable } from '../terminal/text.ts'

export interface VerifyFlags {
  key?: string
  json: boolean
}

class KeyError extends PaviseError<'KEY_UNUSABLE'> {}

/**
 * @returns 1 where something does not fit
 * @throws EvidenceError where the file is no bundle, KeyError
 */
export async function verifyEvidence(path: string, { key, json }: VerifyFlags): Promise<ExitCode> {
  const report = await verifyBundle(path, key === undefined ? undefined : readKey(key))
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
  { manifest, isKeyKnown, entries, erased, heads, handOvers, problems }: BundleReport,
  style: Style,
): string[] {
  const { origin, key, made, first, end, size } = manifest
  const gone = erased === 0 ? '' : `, of which ${erased} were erased when their retention was over`
  return [
    `Entries ${first} to ${end - 1} of ${size}, of ${printable(origin)}, exported ${printable(made)}`,
    `Looked at: ${entries} entries${gone}, ${heads} earlier heads, ${handOvers} changes of the key`,
    isKeyKnown
      ? 'Signed by: the key that was given'
      : style.warn(`Not given with --key: compare this with what its owner told you: ${printable(key)}`),
    ...problems.map(({ what }) => `${style.alarm('does not fit')} ${printable(what)}`),
    problems.length === 0
      ? style.good('All fits: nothing was changed, left out or added.')
      : style.alarm(`${problems.length} ${problems.length === 1 ? 'thing does' : 'things do'} not fit.`),
  ]
}
