import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Case, Draft, TimelineItem } from '../../../src/api/contract/types.ts'
import { change, get } from './client.ts'
import { queryClient } from './queries.ts'

const path = '/api/v1/cases'
const pageItems = 50
const refreshMs = 30_000

const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`

interface CasePage {
  items: Case[]
  next: string | null
}

/** Cases page by page. @param filters of its query, those that are empty left out */
export function useCases(filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['cases', filters],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam }
      const query = new URLSearchParams({ ...filters, ...cursor, limit: `${pageItems}` })
      return get<CasePage>(`${path}?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: refreshMs,
  })
}

/** More than are overdue at a time; the answer says whether there are others. */
const duePage = 20

/** Open cases, by the clock that ends next. */
export function useDueCases() {
  return useQuery({
    queryKey: ['cases', 'due'],
    queryFn: ({ signal }) => get<CasePage>(`${path}?state=open&order=due&limit=${duePage}`, signal),
    refetchInterval: refreshMs,
  })
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => get<Case>(pathOf(id), signal),
    refetchInterval: refreshMs,
  })
}

export function useTimeline(id: string) {
  return useQuery({
    queryKey: ['case', id, 'timeline'],
    queryFn: ({ signal }) => get<{ items: TimelineItem[]; isCut: boolean }>(`${pathOf(id)}/timeline`, signal),
  })
}

interface CaseAccess {
  items: {
    at: string
    by: string
    action: string
    target: string
    outcome: string
    reason: string | null
    sequence: number
  }[]
}

/** Who looked at a case, changed it, or was given something of it. */
export function useCaseAccess(id: string) {
  return useQuery({
    queryKey: ['case', id, 'access'],
    queryFn: ({ signal }) => get<CaseAccess>(`${pathOf(id)}/access`, signal),
  })
}

export function useDraft(id: string, kind: string, language: string) {
  return useQuery({
    queryKey: ['case', id, 'draft', kind, language],
    queryFn: ({ signal }) =>
      get<Draft>(`${pathOf(id)}/drafts/${encodeURIComponent(kind)}?language=${language}`, signal),
  })
}

/** @throws ApiProblem */
export async function openCase(body: object): Promise<Case> {
  const opened = await change<Case>('POST', path, body)
  await queryClient.invalidateQueries({ queryKey: ['cases'] })
  return opened
}

/** Says more about a case. @throws ApiProblem */
export async function changeCase(id: string, body: object): Promise<void> {
  await changed(await change<Case>('PATCH', pathOf(id), body))
}

/** Looks anew at what was seen. @throws ApiProblem */
export async function rescopeCase(id: string): Promise<void> {
  await changed(await change<Case>('POST', `${pathOf(id)}/scope`, {}))
}

async function changed(breach: Case): Promise<void> {
  queryClient.setQueryData(['case', breach.id], breach)
  const stale = ['cases', 'case'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))
  await Promise.all(stale)
}
