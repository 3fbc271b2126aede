import { LocalApi } from '../local-api.ts'
import { writeOutput } from '../output-file.ts'
import { print } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface ExportFlags {
  stateDir: string
  output?: string
}

/** @throws LocalApiError, OutputError */
export async function exportCase(id: string, { stateDir, output }: ExportFlags): Promise<void> {
  const bundle = await new LocalApi(stateDir).get<object>(`/api/v1/cases/${encodeURIComponent(id)}/stix`)
  const content = `${JSON.stringify(bundle, null, 2)}\n`
  if (output === undefined) await print(content.trimEnd().split('\n').map(printable))
  else writeOutput(output, Buffer.from(content))
}
