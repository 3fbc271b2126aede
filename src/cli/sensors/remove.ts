import { rmSync } from 'node:fs'
import { ExitCode } from '../../lib/errors.ts'
import { SensorError } from '../../security-as-code/sensor-error.ts'
import { type KeptFile, keptFiles, namesIn } from './kept-sensors.ts'

/** @throws SensorError where a name is of no file, or of one of several sensors in a file; nothing is removed then. */
export async function removeSensors(
  names: readonly string[],
  { stateDir }: { stateDir: string },
): Promise<ExitCode> {
  const files = keptFiles(stateDir)
  const chosen = new Set(names.map((name) => fileOf(name, files)))
  for (const { name, path } of chosen) {
    rmSync(path)
    process.stderr.write(`Removed ${name}. pavise up goes without it from its next start on.\n`)
  }
  return ExitCode.clean
}

function fileOf(name: string, files: readonly KeptFile[]): KeptFile {
  const named = files.find((file) => file.name === name)
  if (named !== undefined) return named
  const holding = files.find((file) => namesIn(file).includes(name))
  if (holding === undefined) {
    const known = files.map((file) => file.name).join(', ')
    const nextStep = known === '' ? 'None was added.' : `Name one of these files: ${known}.`
    throw new SensorError('SENSOR_UNKNOWN', `${name} was not added`, nextStep)
  }
  const others = namesIn(holding).filter((other) => other !== name)
  if (others.length === 0) return holding
  throw new SensorError(
    'SENSOR_UNKNOWN',
    `${name} stands in ${holding.name} with others: ${others.join(', ')}`,
    `Remove all of them with: pavise sensors remove ${holding.name}`,
  )
}
