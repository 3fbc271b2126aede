import { useQuery } from '@tanstack/react-query'
import type {
  DataFlow,
  NetworkMap,
  Party,
  PolicyGroup,
  PolicyStatus,
  PolicyVersionDetail,
  Quarantined,
  ResponseList,
  Session,
  Simulation,
  SimulationBody,
  WorkloadItem,
} from '../../../src/api/contract/types.ts'
import { queryText } from '../url-state.ts'
import { change, get } from './client.ts'
import { queryClient, useSession } from './queries.ts'

/** How old what the policy is may become, in ms: others change it as well. */
const refreshMs = 10_000

/** What of the policy is asked for anew after a change of it. */
const policyKeys = ['policy', 'listing', 'network', 'quarantine', 'responses', 'data-flows']

/** Lets everything that a change of the policy may have changed be asked for anew. */
export async function renewPolicy(): Promise<void> {
  await Promise.all(policyKeys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}

/** Whether whoever is logged in may do something. */
export function useMay(permission: Session['permissions'][number]): boolean {
  return useSession().data?.permissions.includes(permission) ?? false
}

export function usePolicy(isWanted = true) {
  return useQuery({
    queryKey: ['policy', 'status'],
    queryFn: ({ signal }) => get<PolicyStatus>('/api/v1/policy', signal),
    refetchInterval: refreshMs,
    enabled: isWanted,
  })
}

/** @param namespace that is opened; empty for none */
export function useNetwork(namespace: string) {
  return useQuery({
    queryKey: ['network', namespace],
    queryFn: ({ signal }) => get<NetworkMap>(`/api/v1/network${queryText({ namespace })}`, signal),
    refetchInterval: refreshMs,
  })
}

interface Page<Item> {
  items: Item[]
}

/** The groups that a query of the API gives, at most as many as one page has. */
function useGroups(query: Record<string, string>, isWanted: boolean) {
  return useQuery({
    queryKey: ['policy', 'groups', query],
    queryFn: async ({ signal }) =>
      (await get<Page<PolicyGroup>>(`/api/v1/policy/groups${queryText(query)}`, signal)).items,
    refetchInterval: refreshMs,
    enabled: isWanted,
  })
}

export function useGroup(name: string) {
  return useGroups({ name }, true)
}

export function useGroupsOf(workload: string) {
  return useGroups({ workload }, useMay('policy:read'))
}

/** The learned group of a party of a data flow, or `external`; undefined where that is not known. */
export function useGroupOf({ kind, id }: Party): string | undefined {
  const isWorkload = kind === 'workload'
  const { data } = useGroups({ workload: id }, useMay('policy:read') && isWorkload)
  if (!isWorkload) return 'external'
  return data?.find((group) => group.kind === 'learned')?.name
}

/** Names of groups to choose from, as many as the API gives at once. */
export function useGroupNames(isWanted = true): string[] {
  const { data = [] } = useGroups({ limit: '1000' }, useMay('policy:read') && isWanted)
  return data.map(({ name }) => name)
}

export function useVersion(number: string) {
  return useQuery({
    queryKey: ['policy', 'version', number],
    queryFn: ({ signal }) => get<PolicyVersionDetail>(`/api/v1/policy/versions/${number}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useQuarantine() {
  return useQuery({
    queryKey: ['quarantine'],
    queryFn: async ({ signal }) => (await get<Page<Quarantined>>('/api/v1/quarantine', signal)).items,
    refetchInterval: refreshMs / 2,
    enabled: useMay('policy:read'),
  })
}

/** Response rules, how often each acted, and what came of it. */
export function useResponses() {
  return useQuery({
    queryKey: ['responses'],
    queryFn: ({ signal }) => get<ResponseList>('/api/v1/responses', signal),
    refetchInterval: refreshMs / 2,
    enabled: useMay('policy:read'),
  })
}

/** What is tried, over how many hours up to now. */
export interface Trial extends Omit<SimulationBody, 'since' | 'until'> {
  hours: number
}

const hourMs = 60 * 60 * 1000

/** What a policy would have blocked of what was seen; nothing is asked where nothing is tried. */
export function useSimulation(trial: Trial | null) {
  return useQuery({
    queryKey: ['simulation', trial],
    queryFn: async () => {
      const { hours = 1, ...body } = trial ?? {}
      const since = new Date(Date.now() - hours * hourMs).toISOString()
      return change<Simulation>('POST', '/api/v1/policy/simulations', { ...body, since })
    },
    enabled: trial !== null,
    // It reads all that is stored of those hours: asked anew by hand.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

/** Null where there is none of that id. */
export function useWorkload(id: string) {
  return useQuery({
    queryKey: ['listing', 'workload', id],
    queryFn: async ({ signal }) => {
      const query = queryText({ workload: id, limit: '1' })
      return (await get<Page<WorkloadItem>>(`/api/v1/workloads${query}`, signal)).items[0] ?? null
    },
    refetchInterval: refreshMs,
  })
}

/** As many as a page may have: what it carries is added up over all of them. */
const most = { order: 'concern', limit: '1000' }

export function useFlowsOf(workload: string) {
  return useQuery({
    queryKey: ['data-flows', workload],
    queryFn: async ({ signal }) =>
      (await get<Page<DataFlow>>(`/api/v1/data-flows${queryText({ workload, ...most })}`, signal)).items,
    refetchInterval: refreshMs / 2,
  })
}
