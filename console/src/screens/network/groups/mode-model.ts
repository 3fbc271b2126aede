import type { PolicyStatus, SimulatedDenial } from '../../../../../src/api/contract/types.ts'

export const modes = ['Discover', 'Monitor', 'Protect'] as const
export type Mode = (typeof modes)[number]

/** A mode has a mark and a word besides its colour. */
export const modeMarks: Record<Mode, string> = { Discover: '○', Monitor: '◐', Protect: '●' }

/** What a mode of the network means. */
export const networkMeaning: Record<Mode, string> = {
  Discover: 'Connections are learned as rules. Nothing is blocked; what a rule denies is reported.',
  Monitor: 'Nothing is learned and nothing is blocked: what no rule allows, or a rule denies, is reported.',
  Protect:
    'What no rule allows, or a rule denies, is blocked and reported. Connections that are there already are ' +
    'decided by their addresses and ports alone until they end.',
}

/** What a mode of processes and files means. */
export const processMeaning: Record<Mode, string> = {
  Discover: 'Programs are learned. Nothing is kept from running; what is suspicious is reported.',
  Monitor: 'Programs that nobody has listed, and that are suspicious, are reported and run.',
  Protect: 'Programs that nobody has listed, and that are suspicious, do not run.',
}

/** Whose mode counts between two groups. */
export function betweenText({ strictGroupMode }: PolicyStatus['settings']): string {
  return strictGroupMode
    ? 'Between two groups the more restrictive mode counts: one in Protect is enough to block.'
    : 'Between two groups the less restrictive mode counts: both have to be in Protect to block.'
}

/** What would be blocked of a group’s connections. */
export function denialsOf(denials: readonly SimulatedDenial[], group: string): SimulatedDenial[] {
  return denials.filter(({ from, to }) => from === group || to === group)
}
