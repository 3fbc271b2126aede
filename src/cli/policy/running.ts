import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import type { Static } from 'typebox'
import type { changeResult } from '../../api/contract/policy-schemas.ts'
import { shortAge } from '../../lib/quantity.ts'
import { readSensorFiles } from '../../security-as-code/sensor-files.ts'
import { SensorError } from '../../security-as-code/sensor-error.ts'
import type { SourceText } from '../../security-as-code/yaml-documents.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { printable } from '../terminal/text.ts'
import { PolicyError } from './load.ts'

/** Of commands that ask the Pavise that runs here. */
export interface RunningFlags {
  stateDir: string
  json: boolean
}

/** Of those that change something. */
export interface ChangingFlags extends RunningFlags {
  reason?: string
  yes: boolean
  dryRun: boolean
}

export type ChangeAnswer = Static<typeof changeResult>

/** Who runs the command, as versions and the audit log name them: whoever became root for it. */
export function whoAsks(): string {
  const { SUDO_USER: sudo } = process.env
  if (sudo !== undefined && sudo !== '') return sudo
  try {
    return userInfo().username
  } catch {
    return `uid ${process.geteuid?.()}` // A container may run under an id without a name.
  }
}

/** Why and on whose behalf something is changed. */
export function byOf({ reason }: Pick<ChangingFlags, 'reason'>): { onBehalfOf: string; reason?: string } {
  return { onBehalfOf: whoAsks(), ...(reason !== undefined && { reason }) }
}

/** @throws PolicyError where one cannot be read. */
export function textsOf(paths: readonly string[]): SourceText[] {
  try {
    return readSensorFiles(paths)
  } catch (error) {
    if (!(error instanceof SensorError)) throw error
    throw new PolicyError('POLICY_UNREADABLE', error.message, error.nextStep ?? '', error)
  }
}

/** Asks where a person can answer; otherwise, and with `--yes`, it is a yes. */
export async function isConfirmed(question: string, { yes }: Pick<ChangingFlags, 'yes'>): Promise<boolean> {
  if (yes || !process.stdin.isTTY || !process.stderr.isTTY) return true
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await asking.question(`${question} [y/N] `)).trim())
  } finally {
    asking.close()
  }
}

export function tellWarnings({ warnings }: Pick<ChangeAnswer, 'warnings'>): void {
  for (const { place, subject, problem } of warnings)
    process.stderr.write(`warn: ${printable(`${place}: ${subject}: ${problem}`)}\n`)
}

export async function print(lines: Iterable<string>): Promise<void> {
  const output = new LineOutput(process.stdout)
  for (const line of lines) output.line(line)
  await output.end()
}

/** `3 h ago`. */
export function ago(time: string): string {
  const age = shortAge(Date.now() - Date.parse(time))
  return age === 'now' ? age : `${age} ago`
}
