import { ExitCode, PaviseError } from '../lib/errors.ts'

export type SensorErrorCode =
  /** The file is not there, or is no YAML. */
  | 'SENSOR_UNREADABLE'
  /** It is YAML, but not what its kind asks for. */
  | 'SENSOR_INVALID'
  /** A pattern cannot be matched in linear time, or a rule not at all. */
  | 'SENSOR_UNSUPPORTED'
  /** An example is not what the recogniser finds. */
  | 'SENSOR_EXAMPLE_FAILS'
  /** Its name is another's. */
  | 'SENSOR_NAME_TAKEN'
  /** There is none of this name. */
  | 'SENSOR_UNKNOWN'

/** What is wrong with a sensor: `message` says where (file, line, name), `nextStep` what to write instead. */
export class SensorError extends PaviseError<SensorErrorCode> {
  constructor(code: SensorErrorCode, message: string, nextStep: string, cause?: unknown) {
    super(code, message, { exitCode: ExitCode.usage, nextStep, ...(cause === undefined ? {} : { cause }) })
  }
}
