import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Strictness } from '../src/attacks/attack.ts'
import { RequestJudge } from '../src/attacks/request/request-judge.ts'
import { documentOf } from '../src/cli/detect/document-lines.ts'
import { attacksIn } from '../src/cli/detect/request-attacks.ts'

/** Of one class: documents in all, and those that were flagged, of them with the right class. */
interface Tally {
  all: number
  flagged: number
  named: number
}

const levels: readonly Strictness[] = [1, 2, 3, 4]

/** Prints what is flagged of labelled documents at each strictness, and the processor time that it takes. */
for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  console.log(`${basename(file)}: ${lines.length} documents`)
  for (const level of levels) printLevel(lines, file, level)
}

function printLevel(lines: readonly string[], file: string, level: Strictness): void {
  const judge = new RequestJudge(level)
  const tallies = new Map<string, Tally>()
  let microseconds = 0
  for (const [i, line] of lines.entries()) {
    const document = documentOf(line, file, i + 1)
    const label = String((JSON.parse(line) as { class?: unknown }).class)
    const before = process.cpuUsage()
    const verdicts = attacksIn(document, judge)
    const spent = process.cpuUsage(before)
    microseconds += spent.user + spent.system
    const tally = tallies.get(label) ?? { all: 0, flagged: 0, named: 0 }
    tally.all++
    if (verdicts.length > 0) tally.flagged++
    if (verdicts.some((verdict) => verdict.class === label)) tally.named++
    tallies.set(label, tally)
  }
  console.log(`  strictness ${level}, ${(microseconds / lines.length).toFixed(0)} us of processor time each`)
  for (const [label, tally] of [...tallies].toSorted(([a], [b]) => a.localeCompare(b)))
    console.log(`    ${tallyText(label, tally)}`)
}

function tallyText(label: string, { all, flagged, named }: Tally): string {
  const share = (count: number): string => `${((100 * count) / all).toFixed(2)} %`.padStart(9)
  const told = `${label.padEnd(28)} ${String(flagged).padStart(6)} of ${String(all).padStart(6)} ${share(flagged)}`
  return label === 'benign' ? told : `${told}, as what they are ${share(named)}`
}
