import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { EvidenceCheckpoint, EvidenceEntry, EvidenceStatus } from '../../../src/api/contract/types.ts'
import { get, getText } from './client.ts'

const path = '/api/v1/evidence'
const pageItems = 50
const refreshMs = 10_000

export function useEvidence() {
  return useQuery({
    queryKey: ['evidence'],
    queryFn: ({ signal }) => get<EvidenceStatus>(path, signal),
    refetchInterval: refreshMs,
  })
}

interface Numbered<Item> {
  items: Item[]
  next: number | null
}

/** Entries of the ledger, newest first. @param filters of its query, those that are empty left out */
export function useEntries(filters: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['evidence-entries', filters],
    queryFn: ({ pageParam, signal }) => {
      const to = pageParam === null ? {} : { to: `${pageParam}` }
      const query = new URLSearchParams({ ...filters, ...to, order: 'newest', limit: `${pageItems}` })
      return get<Numbered<EvidenceEntry>>(`${path}/entries?${query}`, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: refreshMs,
  })
}

/** Heads that were signed, newest first. */
export function useCheckpoints() {
  return useInfiniteQuery({
    queryKey: ['evidence-checkpoints'],
    queryFn: ({ pageParam, signal }) => {
      const to = pageParam === null ? {} : { to: `${pageParam}` }
      const query = new URLSearchParams({ ...to, limit: `${pageItems}` })
      return get<Numbered<EvidenceCheckpoint>>(`${path}/checkpoints?${query}`, signal)
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
  })
}

/** @throws ApiProblem; null where there is no such entry */
export async function readEntry(index: number, signal: AbortSignal): Promise<EvidenceEntry | null> {
  const { items } = await get<Numbered<EvidenceEntry>>(`${path}/entries?from=${index}&limit=1`, signal)
  return items.find((entry) => entry.index === index) ?? null
}

/** The head as it is now, signed. @throws ApiProblem */
export function signedHead(signal: AbortSignal): Promise<string> {
  return getText(`${path}/checkpoint`, signal)
}

/** Hashes in base64. @throws ApiProblem */
export async function readProof(
  kind: 'inclusion' | 'consistency',
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = `${path}/proofs/${kind}?${new URLSearchParams(query)}`
  return (await get<{ proof: string[] }>(asked, signal)).proof
}
