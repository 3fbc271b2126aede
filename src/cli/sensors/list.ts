import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { customRecogniser, ruleRecogniser } from '../../personal-data/custom/custom-recogniser.ts'
import type { Recogniser } from '../../personal-data/recogniser.ts'
import { builtInRecognisers } from '../../personal-data/recognisers/index.ts'
import { predefinedSensors } from '../../security-as-code/sensor-kind.ts'
import type { SensorsFlags } from './flags.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { allSensors } from './kept-sensors.ts'

interface ListedSensor {
  type: 'sensor'
  id: string
  name: string
  category: string
  country?: string
  /** `built-in`; `recogniser` or `rule` of the user's. */
  kind: 'built-in' | 'recogniser' | 'rule'
  source: string
  /** NeuVector's built-in sensor that it stands for. */
  neuvector?: string
}

/** @throws SensorError where what was added is not right. */
export async function listSensors(flags: SensorsFlags): Promise<ExitCode> {
  const listed = listedSensors(allSensors(flags))
  const output = new LineOutput(process.stdout)
  const lines = flags.json ? listed.map((sensor) => toJsonText(sensor)) : tableLines(listed)
  for (const line of lines) output.line(line)
  await output.end()
  return ExitCode.clean
}

function listedSensors({ recognisers, rules }: SensorDefinitions): ListedSensor[] {
  const neuvector = new Map(
    Object.entries(predefinedSensors).flatMap(([sensor, ids]) => ids.map((id) => [id, sensor] as const)),
  )
  const listed = (kind: ListedSensor['kind']) => (recogniser: Recogniser) => {
    const { id, name, category, country, source } = recogniser
    const sensor = kind === 'built-in' ? neuvector.get(id) : undefined
    return {
      ...{ type: 'sensor' as const, id, name, category, kind, source },
      ...(country === undefined ? {} : { country }),
      ...(sensor === undefined ? {} : { neuvector: sensor }),
    }
  }
  return [
    ...recognisers.map(customRecogniser).map(listed('recogniser')),
    ...rules.map(ruleRecogniser).map(listed('rule')),
    ...builtInRecognisers.map(listed('built-in')),
  ]
}

function tableLines(listed: readonly ListedSensor[]): string[] {
  const style = styleFor(process.stdout.isTTY, process.env)
  const cells = listed.map(({ id, name, category, country = '', kind, source }) => [
    { text: printable(id), style: style.bold },
    { text: printable(name) },
    { text: category },
    { text: country.toUpperCase() },
    { text: kind === 'built-in' ? '' : 'yours', style: style.good },
    { text: printable(source), style: style.dim },
  ])
  const columns = [
    { title: 'IDENTIFIER', least: 12 },
    { title: 'PERSONAL DATA', least: 12 },
    { title: 'CATEGORY', least: 8 },
    { title: 'OF', least: 2 },
    { title: '', least: 0 },
    { title: 'SOURCE', least: 0 },
  ]
  const own = listed.filter(({ kind }) => kind !== 'built-in').length
  const counts = `${listed.length - own} built in, ${own} of yours`
  return [...layoutTable(columns, cells, process.stdout.columns ?? 160), '', counts]
}
