import { Option } from 'commander'
import type { SignatureFile, SignatureSet } from '../attacks/signatures/signature-set.ts'

/** `--rules`, as often as there are paths. */
export function rulesOption(): Option {
  return new Option(
    '--rules <path>',
    'file or folder with rules in the form of Suricata, that requests, DNS questions and TLS hellos are held against; may be given again',
  )
    .env('PAVISE_RULES')
    .argParser((path: string, before: readonly string[] | undefined) => [...(before ?? []), path])
}

interface LoadedSignatures {
  files: SignatureFile[]
  /** Undefined where there are none. */
  signatures: SignatureSet | undefined
}

/**
 * Rules at these paths; how many of them are left out goes to standard error. Nothing is loaded where there are none.
 *
 * @throws SensorError where one cannot be read.
 */
export async function loadSignatures(paths: readonly string[] = []): Promise<LoadedSignatures> {
  if (paths.length === 0) return { files: [], signatures: undefined }
  const { readSignatureFiles } = await import('../security-as-code/signature-files.ts')
  const { readSignatureSet } = await import('../attacks/signatures/signature-set.ts')
  const files = readSignatureFiles(paths)
  const signatures = readSignatureSet(files)
  const { count, problems } = signatures
  if (problems.length > 0)
    process.stderr.write(
      `warn: ${problems.length} of ${problems.length + count} rules are left out: pavise rules check says why\n`,
    )
  return { files, signatures }
}
