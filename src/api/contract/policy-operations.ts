import { Type } from 'typebox'
import { apiLimits } from './limits.ts'
import { type Operation, operation, page, pagedListing } from './operation.ts'
import * as schemas from './policy-schemas.ts'
import { policyGroupsQuery, policyRulesQuery, releaseQuery, pagedQuery } from './queries.ts'

/** The policy: what holds, how it came about, and changes of it. */

const read = { method: 'GET', access: 'policy:read' } as const
const write = { access: 'policy:write' } as const
const refused = { problems: [409, 413, 422] }

const readingOperations = {
  policy: operation('The policy that holds: its version, settings, and whether enforcers go by it', {
    ...read,
    id: 'policy',
    path: '/api/v1/policy',
    response: schemas.policyStatus,
  }),
  policyGroups: {
    ...operation('Groups with their modes and members, by name', {
      ...read,
      id: 'policyGroups',
      path: '/api/v1/policy/groups',
      response: page(schemas.policyGroupItem),
    }),
    query: policyGroupsQuery,
  },
  policyRules: {
    ...operation('Rules in the order in which they are asked; learned ones with when they were seen', {
      ...read,
      id: 'policyRules',
      path: '/api/v1/policy/rules',
      response: page(schemas.policyRuleItem),
    }),
    query: policyRulesQuery,
  },
  policyVersions: {
    ...operation('Versions of the policy, newest first', {
      ...read,
      id: 'policyVersions',
      path: '/api/v1/policy/versions',
      response: page(schemas.policyVersionItem),
    }),
    query: pagedQuery,
  },
  policyVersion: operation('A version and what it changed', {
    ...read,
    id: 'policyVersion',
    path: '/api/v1/policy/versions/:number',
    params: schemas.versionNumber,
    response: schemas.policyVersionDetail,
    problems: [404],
  }),
  policyExport: {
    ...operation('The policy as YAML that applies elsewhere', {
      ...read,
      id: 'policyExport',
      path: '/api/v1/policy/export',
      response: schemas.policyExport,
    }),
    query: Type.Object(
      {
        learned: Type.Boolean({ default: true, description: 'With what was learned.' }),
        version: Type.Optional(
          Type.Integer({
            minimum: 1,
            description: 'What was applied as of that version; without what was learned.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  simulatePolicy: operation('What of the stored flows rules would block that passes today', {
    ...read,
    id: 'simulatePolicy',
    method: 'POST',
    path: '/api/v1/policy/simulations',
    body: schemas.simulationBody,
    response: schemas.simulationResult,
    ...refused,
  }),
} satisfies Record<string, Operation>

const changingOperations = {
  applyPolicy: operation('Take files of rules in, all or nothing', {
    ...write,
    id: 'applyPolicy',
    method: 'POST',
    path: '/api/v1/policy/changes',
    body: schemas.applyBody,
    response: schemas.changeResult,
    ...refused,
  }),
  changePolicyRules: operation('Add, change, remove and promote single rules, all or nothing', {
    ...write,
    id: 'changePolicyRules',
    method: 'POST',
    path: '/api/v1/policy/rules',
    body: schemas.ruleEditsBody,
    response: schemas.changeResult,
    problems: [404, 409, 422],
  }),
  undoPolicy: operation('Bring back the policy before the last change, or that of a version', {
    ...write,
    id: 'undoPolicy',
    method: 'POST',
    path: '/api/v1/policy/undo',
    body: schemas.undoBody,
    response: schemas.changeResult,
    problems: [404, 409],
  }),
  setPolicyMode: operation('Set the modes of a group: of the network, of processes and files', {
    ...write,
    id: 'setPolicyMode',
    method: 'PUT',
    path: '/api/v1/policy/groups/:name/mode',
    params: schemas.groupName,
    body: schemas.modeBody,
    response: schemas.changeResult,
    problems: [404],
  }),
  setPolicySettings: operation('Set the mode of new services, promotion, and which of two modes counts', {
    ...write,
    id: 'setPolicySettings',
    method: 'PATCH',
    path: '/api/v1/policy/settings',
    body: schemas.settingsBody,
    response: schemas.changeResult,
  }),
  forgetLearned: operation('Take learned rules out; what goes on in Discover is learned again', {
    ...write,
    id: 'forgetLearned',
    method: 'POST',
    path: '/api/v1/policy/learned/forget',
    body: schemas.forgetBody,
    response: schemas.forgotten,
  }),
  quarantined: pagedListing('Workloads that are cut off', {
    ...read,
    id: 'quarantined',
    path: '/api/v1/quarantine',
    ...{ items: schemas.quarantinedItem, areFew: true },
  }),
  quarantine: operation('Cut a workload off', {
    ...write,
    id: 'quarantine',
    method: 'POST',
    path: '/api/v1/quarantine',
    body: schemas.quarantineBody,
    response: schemas.quarantineList,
    problems: [404, 409],
  }),
  releaseFromQuarantine: {
    ...operation('Let a workload go again', {
      ...write,
      id: 'releaseFromQuarantine',
      method: 'DELETE',
      path: '/api/v1/quarantine/:workload',
      params: schemas.workloadId,
      response: schemas.quarantineList,
      problems: [404],
    }),
    query: releaseQuery,
  },
} satisfies Record<string, Operation>

export const policyOperations = { ...readingOperations, ...changingOperations } satisfies Record<
  string,
  Operation
>

/** What JSON may make of the characters of files, and the rest of a body. */
export const policyBodyBytes = 2 * apiLimits.filesLength
