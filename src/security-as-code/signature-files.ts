import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SignatureFile } from '../attacks/signatures/signature-set.ts'
import { signatureLimits } from '../attacks/signatures/limits.ts'
import { SensorError } from './sensor-error.ts'
import { readable } from './sensor-files.ts'

const whatToDo = 'Name a file of rules, or a folder with files that end in .rules.'

/**
 * Files of rules in the form of Suricata; of a folder, those that end in `.rules`, by name.
 *
 * @throws SensorError where one cannot be read, or a folder has none.
 */
export function readSignatureFiles(paths: readonly string[]): SignatureFile[] {
  const files = paths.flatMap((path) => readable(path, () => filesAt(path), whatToDo))
  if (files.length > signatureLimits.files)
    throw new SensorError(
      'SENSOR_UNREADABLE',
      `there are more than ${signatureLimits.files} files of rules`,
      whatToDo,
    )
  return files.map((path) => readable(path, () => readOne(path), whatToDo))
}

function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name.endsWith('.rules'))
  if (names.length === 0) throw new Error('there is no file in it that ends in .rules')
  return names.toSorted().map((name) => join(path, name))
}

/** A character a byte, as traffic is. */
function readOne(path: string): SignatureFile {
  if (statSync(path).size > signatureLimits.fileCharacters)
    throw new Error(`it is larger than ${signatureLimits.fileCharacters} bytes`)
  return { name: path, text: readFileSync(path, 'latin1') }
}
