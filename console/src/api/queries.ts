import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type {
  CountrySource,
  DataFlow,
  DataFlowMap,
  ListingSummary,
  LogInMethods,
  Passkey,
  Session,
  Status,
  Transfer,
  Violation,
  WorkloadItem,
} from '../../../src/api/contract/types.ts'
import { queryText } from '../url-state.ts'
import { ApiProblem, get, getAll } from './client.ts'

/** How old the state of things may become, in ms. Events bring what is new sooner. */
const refreshMs = 5_000
const pageItems = 50
const notLoggedIn = 401

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: true,
      // A problem of the asker's is not solved by asking again.
      retry: (count, error) =>
        count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
      retryDelay: 1_000,
    },
  },
})

/** Null for one who is not logged in. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      try {
        return await get<Session>('/api/v1/session', signal)
      } catch (error) {
        if (error instanceof ApiProblem && error.status === notLoggedIn) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

export function useLogInMethods() {
  return useQuery({
    queryKey: ['log-in-methods'],
    queryFn: ({ signal }) => get<LogInMethods>('/api/v1/session/methods', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function usePasskeys() {
  return useQuery({
    queryKey: ['passkeys'],
    queryFn: async ({ signal }) => (await get<{ items: Passkey[] }>('/api/v1/passkeys', signal)).items,
  })
}

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => get<Status>('/api/v1/status', signal),
    refetchInterval: refreshMs,
  })
}

/** Data flows as they are asked for, the worst first, with how many there are. */
interface DataFlowPage extends Page<DataFlow> {
  total?: { count: number; exact: boolean }
  carrying: number
  values: number
  known: number
}

/** @param filters of its query, those that are empty left out */
export function useDataFlows(filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['data-flows', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      get<DataFlowPage>(
        `/api/v1/data-flows${queryText({ ...worstFirst, ...filters, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: refreshMs,
  })
}

const worstFirst = { order: 'concern', limit: `${pageItems}` }

/** The first few, and how many there are. */
export function useWorstFlows(filters: Record<string, string>, limit: number) {
  return useQuery({
    queryKey: ['data-flows', 'worst', filters],
    queryFn: ({ signal }) =>
      get<DataFlowPage>(
        `/api/v1/data-flows${queryText({ ...worstFirst, ...filters, limit: `${limit}` })}`,
        signal,
      ),
    refetchInterval: refreshMs,
  })
}

/** One, by its key; null where it has given way to newer ones. Nothing is asked for the empty key. */
export function useDataFlow(key: string) {
  return useQuery({
    queryKey: ['data-flows', 'one', key],
    queryFn: async ({ signal }) =>
      (await get<DataFlowPage>(`/api/v1/data-flows${queryText({ key })}`, signal)).items[0] ?? null,
    refetchInterval: refreshMs,
    enabled: key !== '',
  })
}

export function useDataFlowMap(filters: Record<string, string>) {
  return useQuery({
    queryKey: ['data-flows', 'map', filters],
    queryFn: ({ signal }) => get<DataFlowMap>(`/api/v1/data-flows/map${queryText(filters)}`, signal),
    refetchInterval: refreshMs,
  })
}

/** Who gets which personal data, and whether that is declared. */
export function useTransfers() {
  return useQuery({
    queryKey: ['data-flows', 'transfers'],
    queryFn: ({ signal }) =>
      getAll<{ items: Transfer[]; countries: CountrySource }>('/api/v1/privacy/flows', signal),
    refetchInterval: 2 * refreshMs,
  })
}

const dayMs = 24 * 60 * 60 * 1000
const recentViolations = 200

/** The latest kinds of connections that the policy does not allow, of the last day. */
export function useRecentViolations() {
  return useQuery({
    queryKey: ['violations'],
    queryFn: async ({ signal }) => {
      const since = new Date(Date.now() - dayMs).toISOString()
      const query = new URLSearchParams({ limit: `${recentViolations}`, since })
      return (await get<Page<Violation>>(`/api/v1/violations?${query}`, signal)).items
    },
    refetchInterval: refreshMs,
  })
}

/** The latest few of a listing within the last day, and how many there were. */
export function useLatestOfDay<Item>(kind: string, limit: number) {
  return useQuery({
    queryKey: ['listing', kind, 'latest of the day', limit],
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - dayMs).toISOString()
      return get<Page<Item>>(`/api/v1/${kind}?${new URLSearchParams({ limit: `${limit}`, since })}`, signal)
    },
    refetchInterval: refreshMs,
  })
}

/** More than are shown at a time; names of those that have stopped are found among them as well. */
const namedWorkloads = 1_000

/** Names of workloads by their id. */
export function useWorkloadNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['workload-names'],
    queryFn: ({ signal }) => get<Page<WorkloadItem>>(`/api/v1/workloads?limit=${namedWorkloads}`, signal),
    refetchInterval: 6 * refreshMs,
  })
  return useMemo(() => new Map(data?.items.map(({ workload }) => [workload.id, workload.name])), [data])
}

interface Page<Item> {
  items: Item[]
  next: string | null
  /** On the first page; where it is not exact, at least so many. */
  total?: { count: number; exact: boolean }
}

/** What stands over a listing: when there were how many, and of what. It may take the store a while: not at every event. */
export function useSummary(kind: string, filters: Record<string, string>) {
  return useQuery({
    queryKey: ['summary', kind, filters],
    queryFn: ({ signal }) =>
      get<ListingSummary>(`/api/v1/${kind}/summary?${new URLSearchParams(filters)}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 2 * refreshMs,
  })
}

/**
 * A listing, page by page.
 *
 * @param filters of its query, those that are empty left out
 */
export function useListing<Item>(kind: string, filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['listing', kind, filters],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...filters,
        limit: `${pageItems}`,
        ...(pageParam && { cursor: pageParam }),
      })
      return get<Page<Item>>(`/api/v1/${kind}?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}
