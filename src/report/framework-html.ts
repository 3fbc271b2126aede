import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import { type ControlState, controlStates, type EvidenceRef } from './assessment/result.ts'
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
import { htmlPage, markup, type Markup } from './html.ts'

/** A report as a page that needs nothing else, and prints well. */
export function frameworkHtml(assessment: Assessment, origin: ReportOrigin): string {
  const { framework, controls } = assessment
  const objectives = objectivesOf(controls)
  const title = `${framework.title}: what is evidenced`
  const body = markup`<h1>${title}</h1>
<p class="quiet">${periodText(assessment)}</p>
${totals(controls)}
<p>${statesText}</p>
<h2>Controls</h2>
<table><thead><tr><th scope="col">Number</th><th scope="col">What it asks</th><th scope="col">State</th><th scope="col">Over the period</th><th scope="col">Rests on</th></tr></thead>
<tbody>${controls.map(controlRow)}</tbody></table>
<h2>What it rests on</h2>
${objectives.filter(({ hasQuery }) => hasQuery).map((each) => objectiveSection(each, controls))}
<h2>What a person has to show</h2>
<table><thead><tr><th scope="col">What</th><th scope="col">To be shown</th><th scope="col">Asked for by</th></tr></thead>
<tbody>${objectives.map((each) => personRow(each, controls))}</tbody></table>
<h2>How to check this</h2>
<p>${checkText(origin)}</p>`
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
