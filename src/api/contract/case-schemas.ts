import { Type } from 'typebox'
import {
  caseControls,
  caseControlStates,
  languages,
  reachEndKinds,
  reachHows,
  reachWhys,
} from '../../model/case-words.ts'

/** Breach cases as the API gives them. */

const time = () => Type.String({ format: 'date-time' })
const count = () => Type.Integer({ minimum: 0 })

const clock = Type.Object({
  id: Type.String(),
  law: Type.String(),
  what: Type.String(),
  from: Type.Union([time(), Type.Null()]),
  due: Type.Union([time(), Type.Null()], { description: 'Null where the law names no number.' }),
  latest: Type.Union([time(), Type.Null()], { description: 'By Regulation 1182/71, without holidays.' }),
  doneAt: Type.Union([time(), Type.Null()]),
})

const part = Type.Object({ value: Type.Number(), why: Type.String(), isSuggested: Type.Boolean() })

const severity = Type.Object({
  score: Type.Number(),
  level: Type.Enum(['low', 'medium', 'high', 'very high']),
  context: Type.Object({
    ...part.properties,
    class: Type.Union([Type.String(), Type.Null()], {
      description: 'The highest class of data that was seen.',
    }),
  }),
  ease: part,
  circumstances: Type.Object({
    ...part.properties,
    parts: Type.Array(
      Type.Object({ name: Type.String(), value: Type.Number(), isSuggested: Type.Boolean() }),
    ),
  }),
  flags: Type.Array(Type.String()),
  duty: Type.Enum(['document', 'notify', 'notify-and-tell']),
  dutyText: Type.String(),
})

const reach = Type.Object(
  {
    ends: Type.Array(
      Type.Object({
        id: Type.String({ description: 'Of the workload; else its name, its address, or the credential.' }),
        name: Type.String(),
        kind: Type.Enum([...reachEndKinds]),
        how: Type.Enum([...reachHows]),
        hops: Type.Integer({ minimum: 0, description: 'Steps from what is suspicious.' }),
        via: Type.Union([Type.String(), Type.Null()], {
          description: 'Id of the end that it was, or could have been, reached from.',
        }),
        since: Type.Union([time(), Type.Null()], { description: 'When it was reached at the earliest.' }),
        country: Type.Union([Type.String(), Type.Null()], { description: 'ISO 3166-1 alpha-2.' }),
        why: Type.Union([Type.Enum([...reachWhys]), Type.Null()], {
          description: 'Why nothing kept it from there: a mode that stops nothing, or a rule that allows it.',
        }),
        by: Type.String({ description: 'The mode, or the id of the rule.' }),
      }),
    ),
    edges: Type.Array(
      Type.Object({
        from: Type.String(),
        to: Type.String(),
        applications: Type.Array(Type.String()),
        isEncrypted: Type.Boolean(),
        flows: count(),
        bytes: count(),
        first: time(),
        last: time(),
        categories: Type.Array(Type.String(), { description: 'Of personal data that crossed it.' }),
        persons: count(),
      }),
    ),
    seenFrom: Type.Union([time(), Type.Null()], {
      description: 'From when on connections are still kept, where that is later than the time of the case.',
    }),
    isCut: Type.Boolean({ description: 'There was more than is looked at or told of.' }),
  },
  {
    description:
      'Whom it came to from what is suspicious, and whom policy and addresses did not keep from it.',
  },
)

const scope = Type.Object({
  computedAt: time(),
  since: time(),
  until: time(),
  workloads: Type.Array(Type.String(), { description: 'Ids; all that are watched where there are none.' }),
  addresses: Type.Optional(Type.Array(Type.String(), { description: 'Suspicious ones.' })),
  credentials: Type.Optional(Type.Array(Type.String(), { description: 'Suspicious ones.' })),
  categories: Type.Array(
    Type.Object({ category: Type.String(), identifiers: Type.Array(Type.String()), values: count() }),
  ),
  persons: Type.Integer({
    minimum: 0,
    description: 'About how many: exact up to some 2000, then with a standard error of 0.8 %.',
  }),
  values: count(),
  recipients: Type.Array(
    Type.Object({
      name: Type.String(),
      isExternal: Type.Boolean({ description: 'Outside of what is watched.' }),
      country: Type.Optional(
        Type.Union([Type.String(), Type.Null()], { description: 'ISO 3166-1 alpha-2, by its address.' }),
      ),
      isEncrypted: Type.Boolean(),
      categories: Type.Array(Type.String()),
      flows: count(),
      persons: count(),
      first: time(),
      last: time(),
    }),
  ),
  gaps: Type.Array(Type.Object({ reason: Type.String(), count: count(), detail: Type.String() }), {
    description: 'What was not seen in that time.',
  }),
  violations: Type.Array(Type.Object({ action: Type.String(), criterion: Type.String(), count: count() })),
  controls: Type.Optional(
    Type.Array(
      Type.Object({
        control: Type.Enum([...caseControls]),
        state: Type.Enum([...caseControlStates]),
        subject: Type.String(),
        count: count(),
        since: Type.Optional(time()),
        until: Type.Optional(time()),
      }),
      { description: 'What was there against it: held, failed, or was not in force.' },
    ),
  ),
  reach: Type.Optional(reach),
  isCut: Type.Boolean({ description: 'There was more than is looked at: numbers are lower bounds.' }),
})

export const caseItem = Type.Object({
  type: Type.Literal('case'),
  id: Type.String(),
  title: Type.String(),
  state: Type.Enum(['open', 'closed']),
  openedAt: time(),
  kinds: Type.Array(Type.String()),
  role: Type.String(),
  regimes: Type.Array(Type.String()),
  workloads: Type.Array(Type.String()),
  addresses: Type.Optional(Type.Array(Type.String())),
  credentials: Type.Optional(Type.Array(Type.String())),
  description: Type.String(),
  consequences: Type.String(),
  measures: Type.String(),
  contact: Type.String(),
  times: Type.Record(
    Type.String(),
    Type.Array(Type.Object({ at: time(), by: Type.String(), reason: Type.String() })),
  ),
  clocks: Type.Array(clock),
  severity,
  severityChoices: Type.Object({}, { description: 'What was chosen, as it is given to change it.' }),
  sent: Type.Optional(
    Type.Array(
      Type.Object({
        duty: Type.String({ description: 'Id of the clock.' }),
        at: time(),
        by: Type.String(),
        reason: Type.String(),
        missing: Type.Array(Type.String(), { description: 'Parts that its draft lacked then.' }),
      }),
      { description: 'What was sent, in phases (Art. 33(4)).' },
    ),
  ),
  exception: Type.Optional(
    Type.Object(
      { kind: Type.String(), at: time(), by: Type.String(), reason: Type.String() },
      { description: 'Why persons are not told each of them (Art. 34(3)).' },
    ),
  ),
  scope: Type.Union([scope, Type.Null()]),
  history: Type.Array(
    Type.Object({ at: time(), by: Type.String(), what: Type.String(), reason: Type.String() }),
  ),
})

/** One thing that happened, with the record that says so. */
export const timelineItem = Type.Object({
  at: time(),
  kind: Type.Enum(['time', 'handled', 'finding', 'violation', 'threat', 'attack', 'process', 'file', 'gap']),
  text: Type.String(),
  workload: Type.Union([Type.String(), Type.Null()], { description: 'Id of the workload that it is about.' }),
  record: Type.Union([Type.String(), Type.Null()], {
    description: 'Id of the record: of `/findings`, `/violations`, `/processes`, `/files` or `/coverage`.',
  }),
  entry: Type.Union([count(), Type.Null()], { description: 'Its entry in the evidence ledger.' }),
  intrusion: Type.Union(
    [
      Type.Object({
        stage: Type.String({
          description: 'Of the kill chain: `reconnaissance` to `actions-on-objectives`.',
        }),
        technique: Type.String({ description: 'MITRE ATT&CK: `T1190`.' }),
      }),
      Type.Null(),
    ],
    { description: 'How far an intruder had come, and by what means; null where it says nothing of one.' },
  ),
})

export const draftItem = Type.Object({
  type: Type.Literal('draft'),
  kind: Type.String(),
  language: Type.Enum([...languages]),
  title: Type.String(),
  case: Type.String(),
  opening: Type.String({ description: 'Under the title: what it is, and to whom.' }),
  notice: Type.String({ description: 'That it is a draft, and what is missing, in its language.' }),
  toFill: Type.String({ description: 'In place of what is missing.' }),
  items: Type.Array(
    Type.Object({ part: Type.String(), law: Type.String(), label: Type.String(), text: Type.String() }),
  ),
  missing: Type.Array(Type.String(), { description: 'What a person still has to say.' }),
  markdown: Type.String(),
})

/** One line of who saw what of a case. */
export const accessItem = Type.Object({
  at: time(),
  by: Type.String(),
  action: Type.String({ description: 'Operation, or `lookAtCase`: once a day for each who did.' }),
  target: Type.String({ description: 'The case, or what of it.' }),
  outcome: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
  sequence: Type.Integer({
    minimum: 1,
    description: 'Of the audit log, whose hashes are in the evidence ledger.',
  }),
})
