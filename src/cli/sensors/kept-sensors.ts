import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { readSensorFiles } from '../../security-as-code/sensor-files.ts'
import { readSensors } from '../../security-as-code/sensors.ts'
import { keptSensorsIn, sensorPaths } from '../up/state-folder.ts'

/** A file that was added. */
export interface KeptFile {
  name: string
  path: string
  text: string
}

/** Files of `pavise sensors add`, by name. */
export function keptFiles(stateDir: string): KeptFile[] {
  const folder = keptSensorsIn(stateDir)
  if (!existsSync(folder)) return []
  return readSensorFiles([folder]).map(({ name, text }) => ({ name: basename(name), path: name, text }))
}

/** Names by which the sensors of a file are known: of recognisers, rules and NeuVector's sensors. */
export function namesIn(file: KeptFile): string[] {
  const { recognisers, rules } = readSensors([{ name: file.path, text: file.text }])
  return [...recognisers.map(({ id }) => id), ...new Set(rules.map(({ sensor }) => sensor))]
}

/** What was added and what `--sensors` names; warnings go to standard error. */
export function allSensors({
  stateDir,
  sensors,
}: {
  stateDir: string
  sensors?: string[]
}): SensorDefinitions {
  const { warnings, ...read } = readSensors(readSensorFiles(sensorPaths(stateDir, sensors)))
  for (const warning of warnings) process.stderr.write(`warn: ${warning}\n`)
  return read
}

export function pathOfKept(stateDir: string, file: string): string {
  return join(keptSensorsIn(resolve(stateDir)), basename(file))
}
