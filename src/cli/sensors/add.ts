import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { ExitCode } from '../../lib/errors.ts'
import { SensorError } from '../../security-as-code/sensor-error.ts'
import { readSensorFiles } from '../../security-as-code/sensor-files.ts'
import { readSensors } from '../../security-as-code/sensors.ts'
import { keptSensorsIn, openStateFolder } from '../up/state-folder.ts'
import { keptFiles, pathOfKept } from './kept-sensors.ts'

/**
 * Checks files, together with those that are kept, and keeps them: all or none.
 *
 * @throws SensorError
 */
export async function addSensors(
  files: readonly string[],
  { stateDir, replace }: { stateDir: string; replace: boolean },
): Promise<ExitCode> {
  for (const file of files) checkName(file, stateDir, replace)
  const added = readSensorFiles(files)
  const names = new Set(files.map((file) => basename(file)))
  const others = keptFiles(stateDir).filter(({ name }) => !names.has(name))
  const read = readSensors([...others.map(({ path, text }) => ({ name: path, text })), ...added])
  for (const warning of read.warnings) process.stderr.write(`warn: ${warning}\n`)
  openStateFolder(stateDir)
  mkdirSync(keptSensorsIn(stateDir), { mode: 0o700, recursive: true })
  for (const { name, text } of added) keep(pathOfKept(stateDir, name), text)
  process.stderr.write(`Added ${[...names].join(', ')}. pavise up takes it from its next start on.\n`)
  return ExitCode.clean
}

function checkName(file: string, stateDir: string, replace: boolean): void {
  if (!/\.(?:ya?ml|json)$/i.test(file))
    throw new SensorError('SENSOR_UNREADABLE', `${file}: not a name of a YAML file`, 'Let it end in .yaml.')
  if (!replace && existsSync(pathOfKept(stateDir, file)))
    throw new SensorError(
      'SENSOR_NAME_TAKEN',
      `${basename(file)} was added before`,
      'Add it with --replace to take its place.',
    )
}

/** Whoever reads it meanwhile sees the old file or the new one. */
function keep(path: string, text: string): void {
  const written = `${path}.new`
  writeFileSync(written, text, { mode: 0o600 })
  renameSync(written, path)
}
