import { compileRecognisers } from '../personal-data/compile.ts'
import { customRecogniser } from '../personal-data/custom/custom-recogniser.ts'
import type {
  RecogniserDefinition,
  RuleDefinition,
  SensorDefinitions,
} from '../personal-data/custom/definition.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
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
  const places = new Map<string, string>(builtInRecognisers.map(({ id }) => [id, 'one that is built in']))
  for (const text of texts) {
    for (const object of readObjects(text)) readObject(object, read, places)
  }
  if (read.recognisers.length + read.rules.length > sensorLimits.sensors)
    throw new SensorError(
      'SENSOR_INVALID',
      `More than ${sensorLimits.sensors} recognisers and rules`,
      'Leave out those that are not needed.',
    )
  return read
}

/** In which each sensor is compiled after the other; made for the first. */
let checkingMemory: ScanMemory | undefined

/** Compiles a sensor, does something with it, and lets it go. */
function compiled<Result>(
  place: string,
  compile: (memory: ScanMemory) => PersonalDataDetector,
  use: (detector: PersonalDataDetector) => Result,
): Result {
  const memory = (checkingMemory ??= new ScanMemory())
  const detector = located(place, () => compile(memory))
  try {
    return use(detector)
  } finally {
    detector.scanner.release()
  }
}

/** A rule is compiled beside a recogniser, for there has to be one: one that takes no time. */
const one = [usSsn]

/** @param places names that are taken, and by what */
function readObject(object: SourceObject, read: ReadSensors, places: Map<string, string>): void {
  const { kind } = object.value as { kind?: unknown }
  const warn = (warning: string) => void read.warnings.push(warning)
  if (kind === 'Recogniser') {
    const recogniser = readRecogniser(object)
    claimName(recogniser.id, object.place, places)
    checkExamples(recogniser, object.place)
    read.recognisers.push(recogniser)
  } else if (kind === 'NvDlpSecurityRule' || kind === 'NvWafSecurityRule') {
    const rules = readSensor(object, warn)
    for (const { id } of rules) claimName(id, object.place, places)
    for (const rule of rules) checkRule(rule, object.place)
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

function checkRule(rule: RuleDefinition, place: string): void {
  compiled(
    place,
    (memory) => compileRecognisers(one, memory, { rules: new RuleSet([rule]), seesEncoded: false }),
    () => {},
  )
}

/** Each good example is found whole under its first field's name, where it has one; no bad one is. */
function checkExamples(definition: RecogniserDefinition, place: string): void {
  compiled(
    place,
    (memory) => compileRecognisers([customRecogniser(definition)], memory, { seesEncoded: false }),
    (detector) => tryExamples(definition, place, detector),
  )
}

function tryExamples(definition: RecogniserDefinition, place: string, detector: PersonalDataDetector): void {
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
