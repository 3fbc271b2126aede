import type { Static } from 'typebox'
import { attackClasses } from '../../attacks/attack.ts'
import type { Controller } from '../../controller/controller.ts'
import type { Detectors } from '../../controller/detectors/detectors.ts'
import type { DetectionChoices } from '../../policy/detection.ts'
import { threats } from '../../threats/catalogue.ts'
import type { ThreatDefinition } from '../../threats/threat.ts'
import { operations } from '../contract/operations.ts'
import type { DetectionBody, detectionItem } from '../contract/detection-operations.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'
import { showResult } from './policy-result.ts'

type Change = DetectionBody['changes'][number]

const definitions: ReadonlyMap<string, ThreatDefinition> = new Map(
  Object.values(threats).map((definition) => [definition.name, definition]),
)

/** Which detectors count: a part of the policy, with which it goes to the enforcers and whose history has it. */
export function detectionRoutes({ policy }: Controller, detectors: Detectors): Route[] {
  const current = () => policy.content.settings.detection ?? {}
  return [
    { operation: operations.detection, answer: () => showDetection(current()) },
    {
      operation: operations.changeDetection,
      answer: async (call: Call) => {
        const { changes } = call.body as DetectionBody
        await checkNames(changes, detectors)
        const detection = changes.reduce(changed, current())
        return showResult(call, await policy.setSettings({ detection }, authorOf(call)))
      },
    },
  ]
}

/** @throws HttpProblem 400 for one that there is not */
async function checkNames(changes: readonly Change[], detectors: Detectors): Promise<void> {
  const asksIdentifiers = changes.some(({ kind }) => kind === 'personal-data')
  const identifiers = asksIdentifiers ? (await detectors.list()).map(({ id }) => id) : []
  const known = {
    'personal-data': new Set(identifiers),
    attack: new Set<string>(attackClasses),
    threat: definitions,
  }
  for (const change of changes) {
    const { kind, name } = change
    if (!known[kind].has(name))
      throw badParameter('changes', `name no ${kind} detector ${JSON.stringify(name)}`)
    checkMeasure(change)
  }
}

/** @throws HttpProblem 400 for what a detector of that kind, or that threat, has not */
function checkMeasure({ kind, name, confidence, threshold, seconds }: Change): void {
  const said = JSON.stringify(name)
  if (kind !== 'personal-data' && typeof confidence === 'number')
    throw badParameter('changes', `give ${said} a confidence, which only personal data has`)
  if (kind !== 'threat' && (typeof threshold === 'number' || typeof seconds === 'number'))
    throw badParameter('changes', `give ${said} a threshold, which only threats have`)
  if (typeof seconds === 'number' && definitions.get(name)?.measure.seconds === undefined)
    throw badParameter('changes', `give ${said} a time, over which it is not measured`)
}

function changed(choices: DetectionChoices, change: Change): DetectionChoices {
  const { kind, name, on, confidence } = change
  if (kind === 'attack') return { ...choices, attacksOff: switched(choices.attacksOff, name, on) }
  if (kind === 'threat') return threatChanged(choices, change)
  const { [name]: known, ...others } = choices.personalData ?? {}
  const from = confidence === undefined ? known?.confidence : (confidence ?? undefined)
  const isUsual = on && from === undefined
  const chosen = isUsual ? {} : { [name]: { on, ...(from !== undefined && { confidence: from }) } }
  return { ...choices, personalData: { ...others, ...chosen } }
}

/** What is left out stays; null is as usual again. */
function threatChanged(
  choices: DetectionChoices,
  { name, on, threshold, seconds }: Change,
): DetectionChoices {
  const { [name]: known, ...others } = choices.threats ?? {}
  const isUsuallyOn = definitions.get(name)?.on === true
  const from = threshold === undefined ? known?.threshold : (threshold ?? undefined)
  const within = seconds === undefined ? known?.seconds : (seconds ?? undefined)
  const choice = {
    // Otherwise it is looked for anyway.
    ...(on && !isUsuallyOn && { on }),
    ...(from !== undefined && { threshold: from }),
    ...(within !== undefined && { seconds: within }),
  }
  const isUsual = Object.keys(choice).length === 0
  return {
    ...choices,
    threatsOff: switched(choices.threatsOff, name, on),
    threats: { ...others, ...(!isUsual && { [name]: choice }) },
  }
}

function switched(off: readonly string[] = [], name: string, on: boolean): string[] {
  const others = off.filter((each) => each !== name)
  return on ? others : [...others, name].toSorted()
}

function showDetection(choices: DetectionChoices): Static<typeof detectionItem> {
  const { personalData = {}, attacksOff = [], threatsOff = [] } = choices
  const chosen = choices.threats ?? {}
  return {
    type: 'detection',
    personalData: Object.entries(personalData).map(([name, { on, confidence = null }]) => ({
      ...{ name, on, confidence },
    })),
    attacks: attackClasses.map((name) => ({ name, on: !attacksOff.includes(name) })),
    threats: Object.values<ThreatDefinition>(threats).map(
      ({ name, on: usual, severity, reason, measure }) => ({
        ...{ name, usual, severity, reason, on: !threatsOff.includes(name) },
        ...{ threshold: chosen[name]?.threshold ?? null, seconds: chosen[name]?.seconds ?? null },
        measure: { unit: measure.unit, threshold: measure.threshold, seconds: measure.seconds ?? null },
      }),
    ),
  }
}
