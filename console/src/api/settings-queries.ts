import { useQuery } from '@tanstack/react-query'
import type {
  Account,
  AttackExceptionList,
  AuditVerification,
  Detection,
  Detector,
  StartedOption,
  Token,
} from '../../../src/api/contract/types.ts'
import { change, get } from './client.ts'
import { renewPolicy } from './policy-queries.ts'

export function useDetectors() {
  return useQuery({
    queryKey: ['detectors'],
    queryFn: async ({ signal }) => (await get<{ items: Detector[] }>('/api/v1/detectors', signal)).items,
    // They change when Pavise is started anew.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useDetection() {
  return useQuery({
    queryKey: ['policy', 'detection'],
    queryFn: ({ signal }) => get<Detection>('/api/v1/detection', signal),
    refetchInterval: detectionMs,
  })
}

/** How old what was chosen may become, in ms: others change it as well. */
const detectionMs = 10_000

/** @throws ApiProblem */
export async function changeDetection(changes: readonly object[], reason: string): Promise<void> {
  await change('PATCH', '/api/v1/detection', { changes, ...(reason !== '' && { reason }) })
  await renewPolicy()
}

/** What is no attack, as it was written down and as the last week suggests it. */
export function useAttackExceptions() {
  return useQuery({
    queryKey: ['policy', 'attack-exceptions'],
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - suggestedFromMs).toISOString()
      return get<AttackExceptionList>(`/api/v1/attacks/exceptions?since=${since}`, signal)
    },
  })
}

const suggestedFromMs = 7 * 24 * 60 * 60_000

interface NewException {
  name: string
  owner: string
  until: string
}

/** JSON is YAML. @throws ApiProblem */
export async function addException({ name, ...spec }: NewException, reason: string): Promise<void> {
  const object = { apiVersion: 'pavise.dev/v1', kind: 'AttackException', metadata: { name }, spec }
  const files = [{ name: `${name}.json`, text: JSON.stringify(object) }]
  await change('POST', '/api/v1/policy/changes', { files, ...(reason !== '' && { reason }) })
  await renewPolicy()
}

export function useStartedOptions() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: async ({ signal }) =>
      (await get<{ options: StartedOption[] }>('/api/v1/settings', signal)).options,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: async ({ signal }) => (await get<{ items: Account[] }>('/api/v1/accounts', signal)).items,
  })
}

export function useTokens() {
  return useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await get<{ items: Token[] }>('/api/v1/tokens', signal)).items,
  })
}

/** Whether every entry of the audit log follows from the one before; asked for, as it reads all of it. */
export function useAuditVerification(isAsked: boolean) {
  return useQuery({
    queryKey: ['audit-verification'],
    queryFn: ({ signal }) => get<AuditVerification>('/api/v1/audit/verification', signal),
    enabled: isAsked,
  })
}
