import { useQuery } from '@tanstack/react-query'
import type { FrameworkSummary, Report } from '../../../src/api/contract/types.ts'
import { queryText } from '../url-state.ts'
import { get } from './client.ts'

const path = '/api/v1/reports'

export function useFrameworks() {
  return useQuery({
    queryKey: ['frameworks'],
    queryFn: async ({ signal }) => (await get<{ items: FrameworkSummary[] }>(path, signal)).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const dayMs = 24 * 60 * 60 * 1000

/** How far a framework is evidenced over the last days. Each is put on record: it is asked for anew by hand alone. */
export function useReport(framework: string, days: number) {
  return useQuery({
    queryKey: ['report', framework, days],
    queryFn: ({ signal }) =>
      get<Report>(`${path}/${framework}${queryText({ since: sinceOf(days) })}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: dayMs,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

/** Where the same is a file. */
export function reportPath(framework: string, { since, until }: Report, format: string): string {
  return `${path}/${framework}/file${queryText({ since, until, format })}`
}

function sinceOf(days: number): string {
  return new Date(Date.now() - days * dayMs).toISOString()
}
