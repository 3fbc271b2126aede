import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import { type ControlState, controlStates, type EvidenceRef } from './assessment/result.ts'
import { htmlPage, markup, type Markup } from './html.ts'

/** By what a report can be checked. */
export interface ReportOrigin {
  /** Which ledger its entries are of, how many it had, and its public key. */
  ledger: string
  size: number
  key: string
}

export const stateNames: Readonly<Record<ControlState, string>> = {
  met: 'Met',
  partly: 'Partly',
  'not-met': 'Not met',
  'not-assessable': 'Not assessable',
}

/** A report as a page that needs nothing else, and prints well. */
export function frameworkHtml(assessment: Assessment, origin: ReportOrigin): string {
  const { framework, controls } = assessment
  const objectives = new Map(controls.flatMap(({ objectives: all }) => all).map((each) => [each.id, each]))
  const title = `${framework.title}: what is evidenced`
  const body = markup`<h1>${title}</h1>
<p class="quiet">${framework.version} · ${dayText(assessment.since)} to ${dayText(Math.min(assessment.until, assessment.made))} · made ${timeText(assessment.made)}</p>
${totals(controls)}
<p>A state says what Pavise has seen and recorded, and nothing more. <b>Met</b> where every part is evidenced; <b>partly</b> where some is, or a person has to show the rest;
<b>not assessable</b> where Pavise knows nothing of it, or its newest proof is too old. The numbers are those of the standard, the words are ours: they do not replace its text.</p>
<h2>Controls</h2>
<table><thead><tr><th scope="col">Number</th><th scope="col">What it asks</th><th scope="col">State</th><th scope="col">Over the period</th><th scope="col">Rests on</th></tr></thead>
<tbody>${controls.map(controlRow)}</tbody></table>
<h2>What it rests on</h2>
${[...objectives.values()].filter(({ hasQuery }) => hasQuery).map((each) => objectiveSection(each, controls))}
<h2>What a person has to show</h2>
<table><thead><tr><th scope="col">What</th><th scope="col">To be shown</th><th scope="col">Asked for by</th></tr></thead>
<tbody>${[...objectives.values()].map((each) => personRow(each, controls))}</tbody></table>
<h2>How to check this</h2>
<p>Entries are those of the ledger <code>${origin.ledger}</code>, which had ${origin.size} of them, signed with <code>${origin.key}</code>. Export them with
<code>pavise evidence export</code>, and check them on another machine with <code>pavise evidence verify</code>. Records are found in the API and the console by their ids.</p>`
  return htmlPage({ title, language: 'en', body })
}

function totals(controls: readonly AssessedControl[]): Markup {
  const boxes = controlStates.map((state) => {
    const count = controls.filter((control) => control.state === state).length
    return markup`<div class="total"><b>${count}</b>${badge(state)}</div>`
  })
  return markup`<div class="totals">${boxes}</div>`
}

function badge(state: ControlState): Markup {
  return markup`<span class="state ${state}">${stateNames[state]}</span>`
}

function controlRow({ id, title, state, history, objectives }: AssessedControl): Markup {
  const rests = objectives.map(
    (each) =>
      markup`<li>${each.hasQuery ? markup`<a href="#${each.id}">${each.title}</a>` : each.title} <span class="quiet">${stateNames[each.state].toLowerCase()}</span></li>`,
  )
  return markup`<tr><td class="id">${id}</td><td>${title}</td><td>${badge(state)}</td><td>${slices(history)}</td><td><ul>${rests}</ul></td></tr>
`
}

/** Said as text as well: a colour alone says nothing to some, and nothing on paper. */
function slices(history: readonly ControlState[]): Markup {
  const letters: Readonly<Record<ControlState, string>> = {
    met: '✓',
    partly: '~',
    'not-met': '✗',
    'not-assessable': '·',
  }
  const text = history.map((state) => stateNames[state]).join(', ')
  const marks = history.map((state) => markup`<span class="slice ${state}">${letters[state]}</span>`)
  return markup`<span class="slices" role="img" aria-label="${text}">${marks}</span>`
}

function objectiveSection(objective: AssessedObjective, controls: readonly AssessedControl[]): Markup {
  const { id, title, state, says, evidence, evidenceCount, ageDays } = objective
  const age = ageDays === null ? '' : ` · newest proof ${ageText(ageDays)} old`
  const more =
    evidenceCount > evidence.length
      ? markup`<p class="quiet">The newest ${evidence.length} of ${evidenceCount}.</p>`
      : ''
  const table =
    evidence.length === 0
      ? ''
      : markup`<table><thead><tr><th scope="col">Evidence</th><th scope="col">Id</th><th scope="col">Time (UTC)</th><th scope="col">What</th></tr></thead><tbody>${evidence.map(evidenceRow)}</tbody></table>${more}`
  return markup`<section id="${id}"><h3>${title} ${badge(state)}</h3><p>${says}<span class="quiet">${age}</span></p>
<p class="quiet">Asked for by ${askedBy(objective, controls)}.</p>${table}</section>
`
}

function evidenceRow({ kind, id, at, what }: EvidenceRef): Markup {
  return markup`<tr><td>${kind.replace('-', ' ')}</td><td><code>${id}</code></td><td>${timeText(at)}</td><td>${what}</td></tr>`
}

function personRow(objective: AssessedObjective, controls: readonly AssessedControl[]): Markup {
  return markup`<tr><td>${objective.title}</td><td>${objective.person}</td><td>${askedBy(objective, controls)}</td></tr>`
}

function askedBy({ id }: AssessedObjective, controls: readonly AssessedControl[]): string {
  return controls
    .filter(({ objectives }) => objectives.some((each) => each.id === id))
    .map((control) => control.id)
    .join(', ')
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

function ageText(days: number): string {
  return days < 1 ? `${Math.round(days * 24)} h` : `${Math.floor(days)} d`
}
