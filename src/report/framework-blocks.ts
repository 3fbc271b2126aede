import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import { type ControlState, controlStates } from './assessment/result.ts'
import { type Block, paragraph, type PrintedDocument, type Table, type Tone } from './blocks.ts'
import {
  ageText,
  askedBy,
  checkText,
  objectivesOf,
  periodText,
  type ReportOrigin,
  stateNames,
  statesText,
  timeText,
} from './framework-texts.ts'

const tones: Readonly<Record<ControlState, Tone>> = {
  met: 'good',
  partly: 'fair',
  'not-met': 'bad',
  'not-assessable': 'quiet',
}

/** A report to be printed or kept. */
export function frameworkDocument(assessment: Assessment, origin: ReportOrigin): PrintedDocument {
  const { framework, controls } = assessment
  const title = `${framework.title}: what is evidenced`
  const objectives = objectivesOf(controls)
  const blocks = [
    paragraph('Title', title),
    paragraph('Law', periodText(assessment)),
    paragraph('Notice', statesText),
    totals(controls),
    paragraph('Heading1', 'Controls'),
    controlTable(controls),
    paragraph('Heading1', 'What it rests on'),
    ...objectives.filter(({ hasQuery }) => hasQuery).flatMap((each) => objectiveBlocks(each, controls)),
    paragraph('Heading1', 'What a person has to show'),
    personTable(objectives, controls),
    paragraph('Heading1', 'How to check this'),
    paragraph('Normal', checkText(origin)),
  ]
  return { title, language: 'en', blocks }
}

function totals(controls: readonly AssessedControl[]): Table {
  const counts = controlStates.map((state) => controls.filter((control) => control.state === state).length)
  return {
    style: 'Table',
    columns: controlStates.map((state) => stateNames[state]),
    rows: [counts.map((count) => ({ text: `${count}` }))],
  }
}

function controlTable(controls: readonly AssessedControl[]): Table {
  return {
    style: 'Table',
    columns: ['Number', 'What it asks', 'State', 'Over the period', 'Rests on'],
    rows: controls.map(({ id, title, state, history, objectives }) => [
      { text: id },
      { text: title },
      { text: stateNames[state], tone: tones[state] },
      { text: historyText(history) },
      {
        text: objectives.map((each) => `${each.title} (${stateNames[each.state].toLowerCase()})`).join('; '),
      },
    ]),
  }
}

/** Runs of the same state: `Not assessable ×10, Met ×2`. */
function historyText(history: readonly ControlState[]): string {
  const runs: { state: ControlState; count: number }[] = []
  for (const state of history) {
    const last = runs.at(-1)
    if (last?.state === state) last.count++
    else runs.push({ state, count: 1 })
  }
  return runs.map(({ state, count }) => `${stateNames[state]} ×${count}`).join(', ')
}

function objectiveBlocks(objective: AssessedObjective, controls: readonly AssessedControl[]): Block[] {
  const { title, state, says, evidence, evidenceCount, ageDays } = objective
  const age = ageDays === null ? '' : ` The newest proof is ${ageText(ageDays)} old.`
  const table: Table = {
    style: 'Table',
    columns: ['Evidence', 'Id', 'Time (UTC)', 'What'],
    rows: evidence.map(({ kind, id, at, what }) =>
      [kind.replace('-', ' '), id, timeText(at), what].map((text) => ({ text })),
    ),
  }
  const more = `The newest ${evidence.length} of ${evidenceCount}.`
  return [
    paragraph('Heading2', `${title}: ${stateNames[state].toLowerCase()}`),
    paragraph('Normal', `${says}${age}`),
    paragraph('Law', `Asked for by ${askedBy(objective, controls)}.`),
    ...(evidence.length === 0 ? [] : [table]),
    ...(evidenceCount > evidence.length ? [paragraph('Law', more)] : []),
  ]
}

function personTable(objectives: readonly AssessedObjective[], controls: readonly AssessedControl[]): Table {
  return {
    style: 'Table',
    columns: ['What', 'To be shown', 'Asked for by'],
    rows: objectives.map((each) =>
      [each.title, each.person, askedBy(each, controls)].map((text) => ({ text })),
    ),
  }
}
