import { InvalidArgumentError, Option } from 'commander'
import { parseThreatSettings } from '../threats/parse-settings.ts'
import type { ThreatSettings } from '../threats/settings.ts'

/** `--threat`, as often as there is something to set otherwise. */
export function threatOption(): Option {
  return new Option(
    '--threat <id=value>',
    'look for a threat or not, or from another threshold on: 1002=off, TCP.SYN.Flood=400, 3011=50/120; may be given again',
  )
    .env('PAVISE_THREAT')
    .argParser((text: string, before: readonly string[] | undefined) => {
      const parsed = parseThreatSettings([text])
      if ('problem' in parsed)
        throw new InvalidArgumentError(`${parsed.problem}: docs/reference/threats.md has all of them.`)
      return [...(before ?? []), text]
    })
}

/** @param texts as `threatOption` let them through */
export function threatSettings(texts: readonly string[] = []): ThreatSettings {
  const parsed = parseThreatSettings(texts)
  return 'settings' in parsed ? parsed.settings : {}
}
