import { Type } from 'typebox'
import { accountOperations } from './account-operations.ts'
import { attackOperations } from './attack-operations.ts'
import { captureOperations } from './capture-operations.ts'
import { caseOperations } from './case-operations.ts'
import { detectionOperations } from './detection-operations.ts'
import { evidenceOperations } from './evidence-operations.ts'
import { countedPage, listing, operation, type Operation } from './operation.ts'
import { nodeOperations } from './node-operations.ts'
import { reportOperations } from './report-operations.ts'
import { policyOperations } from './policy-operations.ts'
import { privacyOperations } from './privacy-operations.ts'
import { responseOperations } from './response-operations.ts'
import { settingsOperations } from './settings-operations.ts'
import { summaryOperations } from './summary-operations.ts'
import {
  coverageQuery,
  dataFlowMapQuery,
  dataFlowsQuery,
  eventsQuery,
  filesQuery,
  findingsQuery,
  flowsQuery,
  networkQuery,
  processesQuery,
  attacksQuery,
  threatsQuery,
  violationsQuery,
  workloadsQuery,
} from './queries.ts'
import {
  coverageItem,
  dataFlowItem,
  dataFlowMap,
  fileItem,
  findingItem,
  flowItem,
  health,
  networkMap,
  processItem,
  status,
  attackItem,
  threatItem,
  violationItem,
  workloadItem,
} from './records.ts'

const dataFlowPage = Type.Object({
  ...countedPage(dataFlowItem).properties,
  carrying: Type.Integer({
    minimum: 0,
    description: 'Of all that are as asked, those that carried personal data.',
  }),
  values: Type.Integer({ minimum: 0, description: 'Values of personal data that all of them carried.' }),
  known: Type.Integer({ minimum: 0, description: 'Data flows in all, whatever is asked.' }),
})

/** Everything that the API can be asked. */
export const operations = {
  ...accountOperations,
  ...policyOperations,
  ...attackOperations,
  ...evidenceOperations,
  ...caseOperations,
  ...reportOperations,
  ...settingsOperations,
  ...privacyOperations,
  ...captureOperations,
  ...detectionOperations,
  ...nodeOperations,
  ...responseOperations,
  ...summaryOperations,
  workloads: listing(
    'workloads',
    'Workloads and whether their traffic is seen, newest first',
    workloadsQuery,
    workloadItem,
  ),
  flows: listing('flows', 'Flows, latest first', flowsQuery, flowItem),
  findings: listing('findings', 'Personal data that crossed flows, latest first', findingsQuery, findingItem),
  coverage: listing(
    'coverage',
    'Traffic that was not, or not wholly, inspected, latest first',
    coverageQuery,
    coverageItem,
  ),
  violations: listing(
    'violations',
    'Connections that the policy does not allow, latest first',
    violationsQuery,
    violationItem,
  ),
  threats: listing(
    'threats',
    'Floods, scans, tunnels, malformed packets and weak protocols, latest first',
    threatsQuery,
    threatItem,
  ),
  attacks: listing(
    'attacks',
    'Injections, scripts, traversals and other attacks in requests and statements, latest first',
    attacksQuery,
    attackItem,
  ),
  processes: listing(
    'processes',
    'Programs that were to run in workloads, and what was decided, latest first',
    processesQuery,
    processItem,
  ),
  files: listing('files', 'What was done to watched files, and by whom, latest first', filesQuery, fileItem),
  events: {
    id: 'events',
    method: 'GET',
    path: '/api/v1/events',
    access: 'traffic:read',
    summary:
      'Server-sent events: each record as it is stored, named by its type. `Last-Event-ID` goes on after that event; ' +
      'where that is not possible, or the reader was too slow, an event `resync` says that some were missed',
    query: eventsQuery,
    response: Type.String(),
    contentType: 'text/event-stream',
    problems: [400, 503],
  },
  dataFlows: {
    ...operation('Which workload sends which personal data where, since the start', {
      ...{ id: 'dataFlows', method: 'GET', path: '/api/v1/data-flows', access: 'traffic:read' },
      response: dataFlowPage,
    }),
    query: dataFlowsQuery,
  },
  dataFlowMap: {
    ...operation('The same as places and what goes between them, at most 150', {
      ...{ id: 'dataFlowMap', method: 'GET', path: '/api/v1/data-flows/map', access: 'traffic:read' },
      response: dataFlowMap,
    }),
    query: dataFlowMapQuery,
  },
  network: {
    ...operation('Namespaces, groups and servers, and what goes between them, since the start', {
      id: 'network',
      method: 'GET',
      path: '/api/v1/network',
      access: 'traffic:read',
      response: networkMap,
    }),
    query: networkQuery,
  },
  metrics: {
    ...operation('For Prometheus: Pavise itself, its enforcers, and how much personal data goes how', {
      id: 'metrics',
      method: 'GET',
      path: '/metrics',
      access: 'status:read',
      response: Type.String(),
    }),
    contentType: 'text/plain; version=0.0.4',
  },
  status: operation('How Pavise is: enforcers, coverage, store, limits reached', {
    id: 'status',
    method: 'GET',
    path: '/api/v1/status',
    access: 'status:read',
    response: status,
  }),
  openapi: operation('This description', {
    id: 'openapi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    access: 'anyone',
    response: Type.Object({}),
  }),
  healthz: operation('Whether the process answers', {
    id: 'healthz',
    method: 'GET',
    path: '/healthz',
    access: 'anyone',
    response: health,
  }),
  readyz: operation('Whether it can do its work: the store takes records', {
    id: 'readyz',
    method: 'GET',
    path: '/readyz',
    access: 'anyone',
    response: health,
  }),
} satisfies Record<string, Operation>
