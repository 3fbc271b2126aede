import { compileRecognisers } from '../personal-data/compile.ts'
import { customRecogniser } from '../personal-data/custom/custom-recogniser.ts'
import type {
  RecogniserDefinition,
  RuleDefinition,
  SensorDefinitions,
} from '../personal-data/custom/definition.ts'
import { RuleSet } from '../personal-data/custom/rule-set.ts'
import { maskMiddle } from '../personal-data/masking.ts'
import { builtInRecognisers } from '../personal-data/recognisers/index.ts'
import { usSsn } from '../personal-data/recognisers/us/us-ssn.ts'
import { ScanMemory } from '../scan/scan-memory.ts'
import { ScanError } from '../scan/scan-error.ts'
import { DocumentDetector } from '../inspect/document-detector.ts'
import { readSensor } from './sensor-kind.ts'
import { sensorLimits } from './limits.ts'
import { readRecogniser } from './recogniser-kind.ts'
import { SensorError } from './sensor-error.ts'
import { readObjects, type SourceObject, type SourceText } from './yaml-documents.ts'

/** What was read, and what its author should know of how it was taken. */
export interface ReadSensors extends SensorDefinitions {
  recognisers: RecogniserDefinition[]
  rules: RuleDefinition[]
  warnings: string[]
}

/**
 * Reads sensors from YAML texts: our recognisers and NeuVector's DLP and WAF sensors, in any number of documents and lists. Other kinds
 * are passed over with a warning. Each is compiled and every example tried, so that what is returned works.
 *
 * @throws SensorError for the first thing that is wrong.
 */
export function readSensors(texts: readonly SourceText[]): ReadSensors {
  const read: ReadSensors = { recognisers: [], rules: [], warnings: [] }
  const memory = new ScanMemory()
  const places = new Map<string, string>(builtInRecognisers.map(({ id }) => [id, 'one that is built in']))
  for (const text of texts) {
    for (const object of readObjects(text)) readObject(object, read, { places, memory })
  }
  if (read.recognisers.length + read.rules.length > sensorLimits.sensors)
    throw new SensorError(
      'SENSOR_INVALID',
      `More than ${sensorLimits.sensors} recognisers and rules`,
      'Leave out those that are not needed.',
    )
  return read
}

/** Names that are taken, and memory in which each sensor is compiled after the other. */
interface Checking {
  places: Map<string, string>
  memory: ScanMemory
}

/** A rule is compiled beside a recogniser, for there has to be one: one that takes no time. */
const one = [usSsn]

function readObject(object: SourceObject, read: ReadSensors, { places, memory }: Checking): void {
  const { kind } = object.value as { kind?: unknown }
  const warn = (warning: string) => void read.warnings.push(warning)
  if (kind === 'Recogniser') {
    const recogniser = readRecogniser(object)
    claimName(recogniser.id, object.place, places)
    checkExamples(recogniser, object.place, memory)
    read.recognisers.push(recogniser)
  } else if (kind === 'NvDlpSecurityRule' || kind === 'NvWafSecurityRule') {
    const rules = readSensor(object, warn)
    for (const { id } of rules) claimName(id, object.place, places)
    for (const rule of rules) checkRule(rule, object.place, memory)
    read.rules.push(...rules)
  } else {
    warn(
      `${object.place}: kind ${typeof kind === 'string' ? kind : 'of no name'} is no sensor; it is passed over`,
    )
  }
}

function claimName(id: string, place: string, places: Map<string, string>): void {
  const other = places.get(id)
  if (other !== undefined)
    throw new SensorError(
      'SENSOR_NAME_TAKEN',
      `${place}: ${id} is the name of ${other}`,
      'Give it another name.',
    )
  places.set(id, `the one at ${place}`)
}

function checkRule(rule: RuleDefinition, place: string, memory: ScanMemory): void {
  located(place, () =>
    compileRecognisers(one, memory, { rules: new RuleSet([rule]), seesEncoded: false }).scanner.release(),
  )
}

/** Each good example is found whole under its first field's name, where it has one; no bad one is. */
function checkExamples(definition: RecogniserDefinition, place: string, memory: ScanMemory): void {
  const detector = located(place, () =>
    compileRecognisers([customRecogniser(definition)], memory, { seesEncoded: false }),
  )
  const field = (definition.fieldNames[0] ?? 'value').replaceAll(' ', '_')
  const found = (example: string) => {
    const bytes = Buffer.from(JSON.stringify({ [field]: example }))
    return new DocumentDetector(detector)
      .detect(bytes, 'json')
      .map(({ start, end }) => bytes.toString('utf8', start, end))
  }
  const { good, bad } = definition.examples
  const missed = good.findIndex((example) => !found(example).includes(escaped(example)))
  if (missed >= 0)
    throw failedExample(
      definition,
      place,
      `good example ${missed + 1} (${masked(good[missed])}) is not found`,
    )
  const hit = bad.findIndex((example) => found(example).length > 0)
  if (hit >= 0)
    throw failedExample(definition, place, `bad example ${hit + 1} (${masked(bad[hit])}) is found`)
  detector.scanner.release()
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function masked(example: string): string {
  return maskMiddle(example, 1, 2)
}

function failedExample(
  { id, fieldNames }: RecogniserDefinition,
  place: string,
  problem: string,
): SensorError {
  const where = fieldNames.length === 0 ? '' : ` in a field called "${fieldNames[0]}"`
  return new SensorError(
    'SENSOR_EXAMPLE_FAILS',
    `${place}: ${id}: ${problem}${where}`,
    'Mend the example, the expressions, the checksum or the confidence (reported is from 0.5).',
  )
}

function located<Result>(place: string, compile: () => Result): Result {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    const { message, nextStep = 'Write it otherwise.' } = error
    throw new SensorError('SENSOR_UNSUPPORTED', `${place}: ${message}`, nextStep, error)
  }
}
