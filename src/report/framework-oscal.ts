import type { AssessedControl, AssessedObjective, Assessment } from './assessment/assess.ts'
import { type Objective, type ObjectiveId, objectives } from './assessment/objectives.ts'
import type { EvidenceRef } from './assessment/result.ts'
import { type ReportOrigin, stateNames } from './framework-texts.ts'
import { stableUuid } from './stable-uuid.ts'

/** Of the JSON schema that is written for (pages.nist.gov/OSCAL). */
const oscalVersion = '1.1.3'
const dayMs = 24 * 3_600_000

/** Assessment results of OSCAL: an observation for each objective, a finding for each control, the same bytes for the same report. */
export function frameworkOscal(assessment: Assessment, origin: ReportOrigin): object {
  const { framework, since, until, made, controls } = assessment
  const uuid = (...parts: readonly string[]): string =>
    stableUuid(origin.ledger, framework.id, `${made}`, ...parts)
  const asked = new Map(controls.flatMap((control) => control.objectives).map((each) => [each.id, each]))
  const plan = uuid('plan')
  return {
    'assessment-results': {
      uuid: uuid('report'),
      metadata: {
        title: `${framework.title}: what is evidenced`,
        'last-modified': time(made),
        version: time(made),
        'oscal-version': oscalVersion,
        remarks: `Made by Pavise from the evidence ledger ${origin.ledger} of ${origin.size} entries, signed with ${origin.key}.`,
      },
      'import-ap': { href: `#${plan}` },
      results: [
        {
          uuid: uuid('result'),
          title: framework.version,
          description:
            'What was seen and recorded, held against each control. What a person has to show is in the remarks.',
          start: time(since),
          end: time(Math.min(until, made)),
          'reviewed-controls': {
            'control-selections': [
              { 'include-controls': controls.map(({ id }) => ({ 'control-id': token(framework.id, id) })) },
            ],
          },
          observations: [...asked.values()].map((each) => observation(each, made, uuid)),
          findings: controls.map((control) => finding(control, framework.id, uuid)),
        },
      ],
      'back-matter': {
        resources: [
          {
            uuid: plan,
            title: 'Plan of the assessment',
            description:
              'Objectives are looked for by the queries that Pavise has; which control comes to which objective is part of Pavise.',
          },
        ],
      },
    },
  }
}

type Uuid = (...parts: readonly string[]) => string

function observation(
  { id, title, says, evidence, person, hasQuery }: AssessedObjective,
  made: number,
  uuid: Uuid,
): object {
  return {
    uuid: uuid('objective', id),
    title,
    description: says,
    methods: [hasQuery ? 'TEST' : 'UNKNOWN'],
    ...(evidence.length > 0 && {
      'relevant-evidence': evidence.map(({ kind, id: ref, at, what }) => ({
        description: `${kind} ${ref}, ${time(at)}: ${what}`,
      })),
    }),
    collected: time(evidence[0]?.at ?? made),
    ...expiry(id, evidence[0]),
    remarks: `A person has to show: ${person}`,
  }
}

/** From when on it is no proof any more. */
function expiry(id: ObjectiveId, newest: EvidenceRef | undefined): { expires?: string } {
  const { maxAgeDays }: Objective = objectives[id]
  return newest === undefined || maxAgeDays === undefined
    ? {}
    : { expires: time(newest.at + maxAgeDays * dayMs) }
}

function finding(
  { id, title, state, objectives: parts }: AssessedControl,
  framework: string,
  uuid: Uuid,
): object {
  const isMet = state === 'met'
  return {
    uuid: uuid('control', id),
    title: `${id}: ${title}`,
    description: stateNames[state],
    target: {
      type: 'objective-id',
      'target-id': token(framework, id),
      status: {
        state: isMet ? 'satisfied' : 'not-satisfied',
        reason: isMet ? 'pass' : state === 'not-met' ? 'fail' : 'other',
        remarks: stateNames[state],
      },
    },
    'related-observations': parts.map((each) => ({ 'observation-uuid': uuid('objective', each.id) })),
  }
}

/** A token of OSCAL: letters, digits, points, hyphens, beginning with a letter. */
function token(framework: string, id: string): string {
  const name = id.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').replaceAll(/^-+|-+$/g, '')
  return `${framework}-${name}`
}

function time(at: number): string {
  return new Date(at).toISOString()
}
