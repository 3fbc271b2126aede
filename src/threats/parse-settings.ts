import { type ThreatName, threatNames, threats } from './catalogue.ts'
import type { ThreatChange, ThreatSettings } from './settings.ts'

/** Settings as text, or what is wrong with which. */
export type ParsedSettings = { settings: ThreatSettings } | { text: string; problem: string }

/**
 * Reads settings of the form `ID=VALUE`, the id being a threat's number or name: `1002=off`, `TCP.SYN.Flood=400`, `2012=on`, `3011=50/120` for fifty
 * within 120 seconds.
 */
export function parseThreatSettings(texts: readonly string[]): ParsedSettings {
  const settings: ThreatSettings = {}
  for (const text of texts) {
    const at = text.indexOf('=')
    const name = threatNamed(text.slice(0, Math.max(0, at)))
    if (name === undefined) return { text, problem: 'it begins with no number or name of a threat' }
    const change = changeOf(text.slice(at + 1))
    if (change === undefined)
      return { text, problem: 'its value is none of on, off, a threshold, and a threshold/seconds' }
    if (change.seconds !== undefined && !('seconds' in threats[name].measure))
      return { text, problem: 'it is not measured over a time' }
    settings[name] = { ...settings[name], ...change }
  }
  return { settings }
}

function threatNamed(text: string): ThreatName | undefined {
  return threatNames.find((name) => String(threats[name].id) === text || threats[name].name === text)
}

/** Whoever gives a threshold wants it looked for. */
function changeOf(text: string): ThreatChange | undefined {
  if (text === 'on' || text === 'off') return { on: text === 'on' }
  const match = /^(\d{1,9})(?:\/(\d{1,6}))?$/.exec(text)
  if (match === null || Number(match[1]) < 1) return undefined
  const seconds = match.at(2)
  if (seconds === undefined) return { on: true, threshold: Number(match[1]) }
  return Number(seconds) < 1 ? undefined : { on: true, threshold: Number(match[1]), seconds: Number(seconds) }
}
