import { Option } from 'commander'
import type { SensorDefinitions } from '../personal-data/custom/definition.ts'
import { noSensors } from '../personal-data/custom/definition.ts'

/** `--sensors`, as often as there are paths. */
export function sensorsOption(): Option {
  return new Option('--sensors <path>', 'file or folder with sensors of your own, YAML; may be given again')
    .env('PAVISE_SENSORS')
    .argParser((path: string, before: readonly string[] | undefined) => [...(before ?? []), path])
}

/**
 * Reads and checks the sensors at these paths; warnings go to standard error. Nothing is loaded where there are none.
 *
 * @throws SensorError for the first thing that is wrong.
 */
export async function loadSensors(paths: readonly string[] = []): Promise<SensorDefinitions> {
  if (paths.length === 0) return noSensors
  const { readSensors } = await import('../security-as-code/sensors.ts')
  const { readSensorFiles } = await import('../security-as-code/sensor-files.ts')
  const { recognisers, rules, warnings } = readSensors(readSensorFiles(paths))
  for (const warning of warnings) process.stderr.write(`warn: ${warning}\n`)
  return { recognisers, rules }
}
