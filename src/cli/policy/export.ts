import { ExitCode } from '../../lib/errors.ts'
import { LocalApi } from '../local-api.ts'
import { print } from '../running.ts'

export interface ExportFlags {
  stateDir: string
  learned: boolean
  at?: number
}

/** Writes the policy as YAML that applies elsewhere. @throws LocalApiError */
export async function exportPolicy({ stateDir, learned, at }: ExportFlags): Promise<ExitCode> {
  const query = at === undefined ? `learned=${learned}` : `learned=false&version=${at}`
  const { yaml } = await new LocalApi(stateDir).get<{ yaml: string }>(`/api/v1/policy/export?${query}`)
  if (yaml === '')
    process.stderr.write('There is nothing to export: nothing was applied, and nothing learned yet.\n')
  else await print([yaml.trimEnd()])
  return ExitCode.clean
}
