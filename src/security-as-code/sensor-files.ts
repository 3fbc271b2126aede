import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sensorLimits } from './limits.ts'
import { SensorError } from './sensor-error.ts'
import type { SourceText } from './yaml-documents.ts'

/**
 * Texts of the files at these paths; of a folder, those whose names end in `.yaml`, `.yml` or `.json`, by name.
 *
 * @throws SensorError where one cannot be read.
 */
export function readSensorFiles(paths: readonly string[]): SourceText[] {
  return paths.flatMap((path) => filesAt(path).map(readSensorFile))
}

function filesAt(path: string): string[] {
  return readable(path, () => {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path).filter((name) => /\.(?:ya?ml|json)$/i.test(name))
    if (names.length > sensorLimits.files) throw new Error(`it has more than ${sensorLimits.files} files`)
    return names.toSorted().map((name) => join(path, name))
  })
}

function readSensorFile(path: string): SourceText {
  return readable(path, () => {
    if (statSync(path).size > sensorLimits.fileBytes)
      throw new Error(`it is larger than ${sensorLimits.fileBytes} bytes`)
    return { name: path, text: readFileSync(path, 'utf8') }
  })
}

/** @throws SensorError with what the system says of the path, and what to do. */
export function readable<Result>(
  path: string,
  read: () => Result,
  nextStep = 'Look whether the path is right and may be read.',
): Result {
  try {
    return read()
  } catch (cause) {
    const { message } = cause as Error
    throw new SensorError('SENSOR_UNREADABLE', `${path} cannot be read: ${message}`, nextStep, cause)
  }
}
