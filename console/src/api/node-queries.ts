import { useQuery } from '@tanstack/react-query'
import type { JoinTokenItem, NewJoinToken, NodeList } from '../../../src/api/contract/types.ts'
import { change, getAll } from './client.ts'
import { useMay } from './policy-queries.ts'
import { queryClient } from './queries.ts'

/** How old what is known of machines may become, in ms. */
const refreshMs = 5_000

/** The machines that report over the network. */
export function useNodes() {
  return useQuery({
    queryKey: ['nodes', 'list'],
    queryFn: ({ signal }) => getAll<NodeList>('/api/v1/nodes', signal),
    refetchInterval: refreshMs,
  })
}

/** Tokens that can still be used, for those who may make more. */
export function useJoinTokens() {
  return useQuery({
    queryKey: ['nodes', 'tokens'],
    queryFn: async ({ signal }) =>
      (await getAll<{ items: JoinTokenItem[] }>('/api/v1/join-tokens', signal)).items,
    refetchInterval: refreshMs,
    enabled: useMay('nodes:manage'),
  })
}

/** @throws ApiProblem, as all here do */
export async function makeJoinToken(seconds: number): Promise<NewJoinToken> {
  const made = await change<NewJoinToken>('POST', '/api/v1/join-tokens', { seconds })
  await renewNodes()
  return made
}

export async function removeJoinToken(id: string): Promise<void> {
  await change('DELETE', `/api/v1/join-tokens/${encodeURIComponent(id)}`)
  await renewNodes()
}

export async function removeNode(name: string, reason: string): Promise<void> {
  await change('POST', `/api/v1/nodes/${encodeURIComponent(name)}/remove`, { reason })
  await renewNodes()
}

function renewNodes(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['nodes'] })
}
