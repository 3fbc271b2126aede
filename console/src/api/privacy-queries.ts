import { useQuery } from '@tanstack/react-query'
import type { Difference, Processor, Resolution } from '../../../src/api/contract/types.ts'
import { change, get, getAll } from './client.ts'
import { renewPolicy } from './policy-queries.ts'
import { queryClient } from './queries.ts'

const path = '/api/v1/privacy/differences'
const key = ['differences']
const refreshMs = 30_000

const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`

/** Declared against observed: what is open first, the gravest first. */
export function useDifferences() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getAll<{ items: Difference[] }>(path, signal),
    refetchInterval: refreshMs,
  })
}

/** Declared partners, and what was seen to go to them. */
export function useProcessors() {
  return useQuery({
    queryKey: ['processors'],
    queryFn: ({ signal }) => getAll<{ items: Processor[] }>('/api/v1/privacy/processors', signal),
    refetchInterval: refreshMs,
  })
}

/** What could be written down about a difference, or which rule ends it; nothing of it holds yet. */
export function useResolution(id: string, how: 'declare' | 'forbid') {
  return useQuery({
    queryKey: [...key, id, how],
    queryFn: ({ signal }) => get<Resolution>(`${pathOf(id)}/resolutions/${how}`, signal),
    staleTime: Infinity,
  })
}

/** @param until - a day, to the end of which in UTC it holds @throws ApiProblem */
export async function acceptDifference(id: string, until: string, reason: string): Promise<void> {
  await change('PUT', `${pathOf(id)}/acceptance`, { until: `${until}T23:59:59Z`, reason })
  await queryClient.invalidateQueries({ queryKey: key })
}

/** @throws ApiProblem */
export async function withdrawAcceptance(id: string): Promise<void> {
  await change('DELETE', `${pathOf(id)}/acceptance`)
  await queryClient.invalidateQueries({ queryKey: key })
}

/** @returns the version of the policy that holds now @throws ApiProblem */
export async function applyResolution(name: string, text: string, reason: string): Promise<number> {
  const body = { files: [{ name, text }], reason }
  const { version } = await change<{ version: number }>('POST', '/api/v1/policy/changes', body)
  await Promise.all([renewPolicy(), queryClient.invalidateQueries({ queryKey: key })])
  return version
}
