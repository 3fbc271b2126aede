import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { categorySchema } from '../model/record-schemas.ts'
import type { RuleDefinition, RulePattern } from '../personal-data/custom/definition.ts'
import { checker, oneOf } from './checked.ts'
import { sensorLimits } from './limits.ts'
import { SensorError } from './sensor-error.ts'
import { expandWildcards } from './wildcards.ts'
import type { SourceObject } from './yaml-documents.ts'

/** Sensors that NeuVector has built in, and the recognisers that find what they are for, with the checksums that they lack. */
export const predefinedSensors: Readonly<Record<string, readonly string[]>> = {
  'sensor.creditcard': ['payment-card'],
  'sensor.ssn': ['us-ssn'],
}

/** NeuVector's own, for all patterns that are not in a sensor. */
const reservedSensors = new Set(['sensor.dlpdfltnv', 'sensor.wafdfltnv'])

const name = () =>
  Type.String({ pattern: '^[a-zA-Z0-9]+[.:a-zA-Z0-9_-]*$', maxLength: sensorLimits.nameLength })

/** `NvDlpSecurityRule` and `NvWafSecurityRule` of `neuvector.com/v1`, as their CRDs have them; what is not known is passed over, as there. */
const sensorSchema = Type.Object({
  apiVersion: Type.Literal('neuvector.com/v1'),
  kind: oneOf('NvDlpSecurityRule', 'NvWafSecurityRule'),
  metadata: Type.Optional(
    Type.Object({
      name: Type.Optional(Type.String()),
      annotations: Type.Optional(
        Type.Object({
          'pavise.dev/category': Type.Optional(categorySchema),
          'pavise.dev/cve': Type.Optional(Type.String({ pattern: '^CVE-[0-9]{4}-[0-9]{4,}$' })),
        }),
      ),
    }),
  ),
  spec: Type.Object({
    sensor: Type.Object({
      name: name(),
      comment: Type.Optional(Type.String({ maxLength: sensorLimits.nameLength })),
      rules: Type.Optional(
        Type.Array(
          Type.Object({
            name: name(),
            patterns: Type.Array(
              Type.Object({
                key: Type.Literal('pattern'),
                op: oneOf('regex', '!regex'),
                value: Type.String({ maxLength: sensorLimits.patternLength }),
                context: Type.Optional(oneOf('url', 'header', 'body', 'packet')),
              }),
              { minItems: 1, maxItems: sensorLimits.patternsPerRule },
            ),
          }),
        ),
      ),
    }),
  }),
})

type Rule = NonNullable<Static<typeof sensorSchema>['spec']['sensor']['rules']>[number]

const checked = checker('sensor', sensorSchema)

/**
 * Rules of a sensor in NeuVector's form, unchanged.
 *
 * @param warn - is told of what is taken otherwise than its author may think
 * @throws SensorError where NeuVector would refuse it, or where it cannot be done.
 */
export function readSensor(object: SourceObject, warn: (warning: string) => void): RuleDefinition[] {
  const { kind, metadata, spec } = checked(object)
  const isWaf = kind === 'NvWafSecurityRule'
  const { sensor } = spec
  if (metadata?.name !== undefined && metadata.name !== sensor.name)
    throw invalid(
      object.at(['metadata', 'name']),
      `metadata.name is not the sensor's name, ${sensor.name}`,
      'Make both the same.',
    )
  if (reservedSensors.has(sensor.name))
    throw invalid(object.place, `${sensor.name} is reserved by NeuVector`, 'Give the sensor another name.')
  const predefined = predefinedSensors[sensor.name]
  if (predefined !== undefined && !isWaf) {
    warn(
      `${object.place}: ${sensor.name} is built in as ${predefined.join(', ')}, with checksum; its rules are passed over`,
    )
    return []
  }
  const { 'pavise.dev/category': category = 'identity', 'pavise.dev/cve': cve = '' } =
    metadata?.annotations ?? {}
  const comment = [cve, sensor.comment ?? ''].filter((part) => part !== '').join(': ')
  return (sensor.rules ?? []).map((rule, i) => {
    const place = object.at(['spec', 'sensor', 'rules', i])
    checkRule(sensor.name, rule, place)
    const patterns = rule.patterns.map((pattern, j) => {
      const at = object.at(['spec', 'sensor', 'rules', i, 'patterns', j])
      const where = `${at}: ${sensor.name}, ${rule.name}, pattern ${j + 1}`
      return readPattern(pattern, where, isWaf ? undefined : warn)
    })
    const id = shortened(`${sensor.name}/${rule.name}`)
    const named = { id, sensor: sensor.name, rule: rule.name, comment }
    return { ...named, category, patterns, ...(isWaf && { isAttack: true as const }) }
  })
}

function checkRule(sensor: string, { name: rule, patterns }: Rule, place: string): void {
  const where = `${place}: ${sensor}, ${rule}`
  const length = patterns.reduce((sum, { value }) => sum + value.length, 0)
  if (length > sensorLimits.ruleLength)
    throw invalid(
      where,
      `its patterns have more than ${sensorLimits.ruleLength} characters`,
      'Make two rules of it.',
    )
  const positive = patterns.filter(({ op }) => op === 'regex')
  if (positive.length === 0)
    throw new SensorError(
      'SENSOR_UNSUPPORTED',
      `${where}: nothing but !regex: it would match every content that lacks something, and there is no value to show`,
      'Add a pattern with op: regex that says what it is about.',
    )
}

/** @param warn where `*` and `?` may be wildcards, as in DLP sensors; in WAF sensors NeuVector takes what is written */
function readPattern(
  { value, op, context = 'body' }: Rule['patterns'][number],
  where: string,
  warn: ((warning: string) => void) | undefined,
): RulePattern {
  if (/^(?:\.?\*)?$/.test(value)) throw invalid(where, 'matches anything', 'Say what is to be found.')
  const expression = warn === undefined ? value : expandWildcards(value)
  if (expression !== value)
    warn?.(
      `${where}: as in NeuVector, * and ? behind a letter, digit or blank are wildcards: it is read as ` +
        `${JSON.stringify(expression)}. Where a repeat is meant, write (?:x)* or [x]*.`,
    )
  return { expression, isNegated: op === '!regex', context }
}

function invalid(where: string, problem: string, nextStep: string): SensorError {
  return new SensorError('SENSOR_INVALID', `${where}: ${problem}`, nextStep)
}

/** Names may be longer than an identifier in a record. */
function shortened(id: string): string {
  const { identifierLength } = sensorLimits
  if (id.length <= identifierLength) return id
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8)
  return `${id.slice(0, identifierLength - hash.length - 1)}~${hash}`
}
