import type { Detection, Detector } from '../../../../src/api/contract/types.ts'

/** A detector as it is listed and switched. */
export interface Switched {
  kind: 'personal-data' | 'attack' | 'threat'
  /** As the API knows it. */
  name: string
  title: string
  isOn: boolean
  /** From which values of personal data count; null as usual. */
  confidence: number | null
  category?: string
  country?: string | null
  /** Where it comes from, or what it tells. */
  about: string
  isOwn?: boolean
}

/** All detectors, with what is chosen of each. */
export function switchedOf(detectors: readonly Detector[], detection: Detection): Switched[] {
  const chosen = new Map(detection.personalData.map((each) => [each.name, each]))
  return [
    ...detectors.map(({ id, name, category, country, source, isOwn }): Switched => {
      const { on: isOn = true, confidence = null } = chosen.get(id) ?? {}
      const what = { kind: 'personal-data', name: id, title: name, about: source } as const
      return { ...what, isOn, confidence, category, country, isOwn }
    }),
    ...detection.attacks.map(({ name, on }): Switched => {
      const title = name.replaceAll('-', ' ')
      return { kind: 'attack', name, title, isOn: on, confidence: null, about: 'in requests and statements' }
    }),
    ...detection.threats.map(({ name, on, usual, reason, severity }): Switched => {
      const about = `${severity}: ${reason}${usual ? '' : ' Usually not looked for: a threshold, or switching it on here, changes that.'}`
      return { kind: 'threat', name, title: name, isOn: on, confidence: null, about }
    }),
  ]
}

export const kindNames: Readonly<Record<Switched['kind'], string>> = {
  'personal-data': 'Personal data',
  attack: 'Attacks',
  threat: 'Threats',
}

/** `✓ on`, `✓ from 0.8 on`, `○ off`. */
export function stateText({ isOn, confidence }: Switched): string {
  if (!isOn) return '○ off'
  return confidence === null ? '✓ on' : `✓ from ${confidence} on`
}

/** What the address asks for. */
export function detectorsFor(
  all: readonly Switched[],
  { kind, category, state, find }: { kind: string; category: string; state: string; find: string },
): Switched[] {
  const text = find.toLowerCase()
  return all.filter(
    (each) =>
      each.kind === kind &&
      (category === '' || each.category === category) &&
      (state === '' || each.isOn === (state === 'on')) &&
      [each.name, each.title, each.country ?? ''].some((value) => value.toLowerCase().includes(text)),
  )
}
