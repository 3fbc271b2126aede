import type { Static } from 'typebox'
import { attackClasses } from '../../attacks/attack.ts'
import type { Controller } from '../../controller/controller.ts'
import type { Detectors } from '../../controller/detectors/detectors.ts'
import type { DetectionChoices } from '../../policy/detection.ts'
import { threats } from '../../threats/catalogue.ts'
import { operations } from '../contract/operations.ts'
import type { DetectionBody, detectionItem } from '../contract/detection-operations.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'
import { showResult } from './policy-result.ts'

type Change = DetectionBody['changes'][number]

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
    threat: new Set<string>(Object.values(threats).map(({ name }) => name)),
  }
  for (const { kind, name } of changes)
    if (!known[kind].has(name))
      throw badParameter('changes', `name no ${kind} detector ${JSON.stringify(name)}`)
}

function changed(choices: DetectionChoices, { kind, name, on, confidence }: Change): DetectionChoices {
  if (kind === 'attack') return { ...choices, attacksOff: switched(choices.attacksOff, name, on) }
  if (kind === 'threat') return { ...choices, threatsOff: switched(choices.threatsOff, name, on) }
  const { [name]: known, ...others } = choices.personalData ?? {}
  const from = confidence === undefined ? known?.confidence : (confidence ?? undefined)
  const isUsual = on && from === undefined
  const chosen = isUsual ? {} : { [name]: { on, ...(from !== undefined && { confidence: from }) } }
  return { ...choices, personalData: { ...others, ...chosen } }
}

function switched(off: readonly string[] = [], name: string, on: boolean): string[] {
  const others = off.filter((each) => each !== name)
  return on ? others : [...others, name].toSorted()
}

function showDetection(choices: DetectionChoices): Static<typeof detectionItem> {
  const { personalData = {}, attacksOff = [], threatsOff = [] } = choices
  return {
    type: 'detection',
    personalData: Object.entries(personalData).map(([name, { on, confidence = null }]) => ({
      ...{ name, on, confidence },
    })),
    attacks: attackClasses.map((name) => ({ name, on: !attacksOff.includes(name) })),
    threats: Object.values(threats).map(({ name, on: usual, severity, reason }) => ({
      ...{ name, usual, severity, reason, on: !threatsOff.includes(name) },
    })),
  }
}
