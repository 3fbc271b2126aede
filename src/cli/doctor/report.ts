import type { Style } from '../terminal/style.ts'
import { printable } from '../terminal/text.ts'
import type { Check } from './check.ts'

const labels = { ok: 'ok', limited: 'limited', lacking: 'LACKING' } as const

/** Lines for a person: what was found, below it what it costs and what to do. */
export function reportLines(checks: Check[], style: Style): string[] {
  const emphasis = { ok: style.good, limited: style.warn, lacking: style.alarm }
  const indent = ' '.repeat(9)
  const lines = checks.flatMap(({ about, state, found, costs, nextStep }) => [
    `${emphasis[state](labels[state].padEnd(7))}  ${style.bold(about)}: ${printable(found)}`,
    ...[costs, nextStep].filter((line) => line !== undefined).map((line) => indent + printable(line)),
  ])
  return [...lines, '', conclusion(checks)]
}

function conclusion(checks: Check[]): string {
  const lacking = checks.filter(({ state }) => state === 'lacking').map(({ about }) => about)
  if (lacking.length > 0) return `Not all that watching containers takes is here: ${lacking.join(', ')}.`
  const within = checks.every(({ state }) => state === 'ok') ? '' : ', within limits'
  return `All that watching containers takes is here${within}.`
}
