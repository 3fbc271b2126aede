import { createInterface } from 'node:readline/promises'
import type { Static } from 'typebox'
import type { changeResult } from '../../api/contract/policy-schemas.ts'
import { readSensorFiles } from '../../security-as-code/sensor-files.ts'
import { SensorError } from '../../security-as-code/sensor-error.ts'
import type { SourceText } from '../../security-as-code/yaml-documents.ts'
import type { RunningFlags } from '../running.ts'
import { printable } from '../terminal/text.ts'
import { PolicyError } from './load.ts'

/** Of those that change something. */
export interface ChangingFlags extends RunningFlags {
  reason?: string
  yes: boolean
  dryRun: boolean
}

export type ChangeAnswer = Static<typeof changeResult>

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
