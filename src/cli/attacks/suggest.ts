import type { AttackExceptionList, ExceptionSuggestionItem } from '../../api/contract/attack-operations.ts'
import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { writePolicy } from '../../security-as-code/policy/write-policy.ts'
import { LocalApi } from '../local-api.ts'
import { timeOf } from '../policy/simulate-stored.ts'
import { ago, print, type RunningFlags } from '../running.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface SuggestFlags extends RunningFlags {
  since: string
  yaml: boolean
  owner: string
  until?: string
}

/** For how long an exception is suggested where nobody says. */
const SUGGESTED_DAYS = 90
const DAY_MS = 86_400_000

/**
 * Suggests exceptions from what was told of as an attack and is likely none.
 *
 * @returns 3 where there was more than is looked at
 * @throws LocalApiError, PolicyError
 */
export async function suggestExceptions({
  stateDir,
  since,
  json,
  yaml,
  owner,
  until = new Date(Date.now() + SUGGESTED_DAYS * DAY_MS).toISOString().slice(0, 10),
}: SuggestFlags): Promise<ExitCode> {
  const path = `/api/v1/attacks/exceptions?since=${encodeURIComponent(timeOf(since))}`
  const { suggestions, records, incomplete } = await new LocalApi(stateDir).get<AttackExceptionList>(path)
  if (yaml) process.stdout.write(yamlOf(suggestions, { owner, until }))
  else if (json) await print(suggestions.map((each) => toJsonText({ type: 'exception-suggestion', ...each })))
  else await print(lines(suggestions, records, since))
  if (!incomplete) return ExitCode.clean
  process.stderr.write('incomplete: there are more attacks than are read at once; try a shorter --since\n')
  return ExitCode.incomplete
}

function yamlOf(
  suggestions: readonly ExceptionSuggestionItem[],
  by: { owner: string; until: string },
): string {
  return writePolicy(
    suggestions.map(({ exception: { name, ...spec }, requests, clients }) => ({
      apiVersion: 'pavise.dev/v1',
      kind: 'AttackException',
      metadata: { name },
      spec: { ...spec, ...by, reason: `seen in ${requests} requests of ${clients} clients` },
    })),
  )
}

function lines(suggestions: readonly ExceptionSuggestionItem[], records: number, since: string): string[] {
  if (suggestions.length === 0)
    return [
      `None. Of ${records} attacks that were reported since ${since}, none look like what an application's own users send.`,
    ]
  const columns = [
    { title: 'GROUP', least: 12 },
    { title: 'WHERE', least: 16 },
    { title: 'RULES IT WOULD SILENCE', least: 12 },
    { title: 'REQUESTS', least: 0, align: 'right' as const },
    { title: 'CLIENTS', least: 0, align: 'right' as const },
    { title: 'LAST', least: 0 },
  ]
  const rows = suggestions.map(({ exception, requests, clients, last }) => [
    { text: printable((exception.groups ?? []).join(', ')) },
    { text: printable(placeText(exception)) },
    { text: exception.rules.join(', ') },
    { text: `${requests}` },
    { text: `${clients}` },
    { text: ago(last) },
  ])
  return [
    ...layoutTable(columns, rows, process.stdout.columns ?? Number.POSITIVE_INFINITY),
    'Look at what was sent before you silence it: pavise attacks suggest --yaml writes them for pavise policy apply.',
  ]
}

function placeText({ path = '', place, parameter = '' }: ExceptionSuggestionItem['exception']): string {
  return [path, place, parameter].filter((part) => part !== '').join(' ')
}
