import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { parseDuration } from '../../lib/quantity.ts'
import type { SimulatedDenial, SimulationCounts } from '../../policy/simulation.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { PolicyError } from './load.ts'
import { print } from '../running.ts'
import { tellWarnings, textsOf, type ChangeAnswer } from './running.ts'
import { simulationLines, simulationRecords } from './simulation-report.ts'

export interface SimulateStoredFlags {
  policy?: string[]
  since: string
  only: boolean
  stateDir: string
  json: boolean
}

interface Answer extends SimulationCounts {
  denials: SimulatedDenial[]
  unlisted: number
  incomplete: boolean
  warnings: ChangeAnswer['warnings']
}

/**
 * Holds flows that the running Pavise has stored against files of rules, or against the policy that holds.
 *
 * @returns 1 where something that passes today would be blocked, 3 where there was more than it reads
 * @throws LocalApiError, PolicyError
 */
export async function simulateStored({
  policy,
  since,
  only,
  stateDir,
  json,
}: SimulateStoredFlags): Promise<ExitCode> {
  const body = { since: timeOf(since), only, ...(policy && { files: textsOf(policy) }) }
  const answer = await new LocalApi(stateDir).send<Answer>('POST', '/api/v1/policy/simulations', body)
  tellWarnings(answer)
  const { denials, unlisted, incomplete, warnings: _warnings, ...counts } = answer
  const told = { denials, unlisted, counts }
  const style = styleFor(process.stdout.isTTY, process.env)
  await print(
    json
      ? simulationRecords(told, incomplete).map((record) => toJsonText(record))
      : simulationLines(told, style, process.stdout.columns ?? 160),
  )
  if (incomplete) {
    process.stderr.write('incomplete: there are more flows than are read at once; try a shorter --since\n')
    return ExitCode.incomplete
  }
  return answer.denied > 0 ? ExitCode.findings : ExitCode.clean
}

/** RFC 3339 of a time, or of so long ago. @throws PolicyError */
export function timeOf(text: string): string {
  const ms = parseDuration(text)
  const time = ms === null ? Date.parse(text) : Date.now() - ms
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw new PolicyError(
    'POLICY_QUESTION_INVALID',
    `--since ${JSON.stringify(text)} is neither a time span nor a time`,
    'Write 24h, 7d, or 2026-11-20T08:00:00Z.',
  )
}
