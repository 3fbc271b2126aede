import type { ReactNode } from 'react'
import type {
  Attack,
  Coverage,
  FileEvent,
  Finding,
  ProcessEvent,
  Threat,
  Violation,
} from '../../../../src/api/contract/types.ts'
import { fullNumber } from '../../text.ts'
import { Ago, CategoryChip, TransportMark, WorkloadName } from '../../ui/parts.tsx'

/** What is listed of one kind of events. */
export interface EventKind<Item> {
  name: string
  /** Its place in the API: `/api/v1/<listing>`. */
  listing: string
  columns: readonly string[]
  /** Filters that the API takes for it, by the name of their parameter. */
  filters: Readonly<Record<string, string>>
  id: (item: Item) => string
  /** What a row is called where one asks for more. */
  title: (item: Item) => string
  cells: (item: Item) => ReactNode[]
  /** Whose it is, where that is known. */
  workloadOf: (item: Item) => string | undefined
  /** When it was seen first and last; RFC 3339. */
  times: (item: Item) => { first: string; last: string }
  /** Why there is none, as filters ask. */
  empty: string
  /** That there is none of one workload. */
  none: string
}

const findings: EventKind<Finding> = {
  name: 'Personal data',
  listing: 'findings',
  columns: ['Found', 'In', 'Connection', 'Transport', 'Values', 'Latest'],
  filters: {
    ...{ identifier: 'Kind', workload: 'Workload', application: 'Protocol' },
    ...{ flow: 'Flow', transfer: 'Transfer' },
  },
  id: ({ recordId }) => recordId,
  title: ({ identifier, field }) => `${identifier} in ${field}`,
  cells: ({ identifier, category, masked, field, connection, count, last, workload }) => [
    <>
      {identifier} <CategoryChip category={category} />
      <small>{masked}</small>
    </>,
    <>
      {field}
      <small>
        <WorkloadName id={workload} />
      </small>
    </>,
    connection
      ? `${connection.application} to ${connection.serverName ?? connection.server.address}`
      : 'no longer kept',
    connection ? <TransportMark transport={connection.encrypted ? 'encrypted' : 'clear'} /> : '',
    fullNumber(count),
    <Ago key="last" time={last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'No personal data was found that is as the filters ask.',
  none: 'No personal data was found.',
}

const violations: EventKind<Violation> = {
  name: 'Not allowed',
  listing: 'violations',
  columns: ['Connection', 'Why', 'Decided', 'Workload', 'Times', 'Latest'],
  filters: { action: 'Decided', workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: ({ client, server }) => `${client.address} to ${endName(server)}`,
  cells: ({ client, server, application, reason, action, workload, count, last }) => [
    <>
      {endName(client)} to {endName(server)}
      <small>{application}</small>
    </>,
    reason,
    action,
    workload === undefined ? '' : <WorkloadName id={workload} />,
    fullNumber(count),
    <Ago key="last" time={last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'No connection was against the policy that is as the filters ask.',
  none: 'No connection of it was against the policy.',
}

const threats: EventKind<Threat> = {
  name: 'Threats',
  listing: 'threats',
  columns: ['Threat', 'Severity', 'From', 'To', 'Workload', 'Measured', 'Times', 'Latest'],
  filters: { workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: ({ name, target }) => (target === undefined ? name : `${name} against ${target.address}`),
  cells: ({ name, reason, severity, source, target, workload, measured, count, last }) => [
    <>
      {name}
      <small>{reason}</small>
    </>,
    severity,
    source?.address ?? '',
    target === undefined ? '' : `${target.address}:${target.port}`,
    workload === undefined ? '' : <WorkloadName id={workload} />,
    `${fullNumber(measured.value)} ${measured.unit}`,
    fullNumber(count),
    <Ago key="last" time={last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'No threat was seen that is as the filters ask.',
  none: 'No threat was told of it.',
}

const attacks: EventKind<Attack> = {
  name: 'Attacks',
  listing: 'attacks',
  columns: ['Attack', 'In', 'From', 'To', 'Workload', 'Done', 'Times', 'Latest'],
  filters: { workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: (attack) => `${attack.class} against ${attack.server.address}`,
  cells: (attack) => [
    <>
      {attack.class}
      <small>{attack.reasons.map(({ what }) => what).join('; ')}</small>
    </>,
    <>
      {`${attack.place} ${attack.field}`.trim()}
      <small>{attack.masked}</small>
    </>,
    attack.client.address,
    <>
      {`${attack.server.address}:${attack.server.port}`}
      <small>
        {attack.request === undefined
          ? attack.application
          : `${attack.request.method} ${attack.request.path}`}
      </small>
    </>,
    attack.workload === undefined ? '' : <WorkloadName id={attack.workload} />,
    attack.action,
    fullNumber(attack.count),
    <Ago key="last" time={attack.last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'No attack was seen that is as the filters ask.',
  none: 'No attack on it was seen.',
}

/** By the name that it was known by, else its address. */
function endName({ names, address, port }: Violation['server']): string {
  return `${names?.[0] ?? address}:${port}`
}

const coverage: EventKind<Coverage> = {
  name: 'Not seen',
  listing: 'coverage',
  columns: ['Reason', 'What happened', 'Workload', 'When'],
  filters: { reason: 'Reason', workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: ({ reason }) => reason,
  cells: ({ reason, detail, workload, at }) => [
    reason,
    detail,
    workload === undefined ? '' : <WorkloadName id={workload} />,
    <Ago key="at" time={at} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ at }) => ({ first: at, last: at }),
  empty: 'Nothing went unseen, as far as the filters ask.',
  none: 'Nothing of it went unseen.',
}

const processes: EventKind<ProcessEvent> = {
  name: 'Processes',
  listing: 'processes',
  columns: ['Program', 'Workload', 'Decided', 'Why', 'Times', 'Latest'],
  filters: { action: 'Decided', workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: ({ process }) => process.path,
  cells: ({ process, workload, action, reason, count, last }) => [
    <>
      {process.path}
      <small>{process.arguments.join(' ')}</small>
    </>,
    <WorkloadName key="workload" id={workload} />,
    action,
    reason,
    fullNumber(count),
    <Ago key="last" time={last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'No program was decided about that is as the filters ask.',
  none: 'No program was decided about: none started since it is watched, or programs are not watched here.',
}

const files: EventKind<FileEvent> = {
  name: 'Files',
  listing: 'files',
  columns: ['File', 'Workload', 'What was done', 'Decided', 'Times', 'Latest'],
  filters: { action: 'Decided', workload: 'Workload' },
  id: ({ recordId }) => recordId,
  title: ({ path }) => path,
  cells: ({ path, workload, operation, action, rule, count, last }) => [
    <>
      {path}
      <small>{rule}</small>
    </>,
    <WorkloadName key="workload" id={workload} />,
    operation,
    action,
    fullNumber(count),
    <Ago key="last" time={last} />,
  ],
  workloadOf: ({ workload }) => workload,
  times: ({ first, last }) => ({ first, last }),
  empty: 'Nothing was done to a watched file that is as the filters ask.',
  none: 'Nothing was done to a watched file.',
}

/** By their name in the address; the first where none is named. */
export const eventKinds = {
  findings,
  violations,
  threats,
  attacks,
  processes,
  files,
  coverage,
} as unknown as Record<string, EventKind<unknown>>
