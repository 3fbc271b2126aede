import { useQuery } from '@tanstack/react-query'
import type { CaptureItem, CaptureList, PacketPage } from '../../../src/api/contract/types.ts'
import { queryText } from '../url-state.ts'
import { change, get } from './client.ts'
import { useMay } from './policy-queries.ts'
import { queryClient } from './queries.ts'

const path = '/api/v1/captures'
const refreshMs = 5_000
/** Packets that are shown at a time. */
const pagePackets = 50

/** @param workload whose files they are; all where it is empty */
export function useCaptures(workload = '', isWanted = true) {
  return useQuery({
    queryKey: ['captures', workload],
    queryFn: ({ signal }) => get<CaptureList>(`${path}${queryText({ workload })}`, signal),
    refetchInterval: refreshMs,
    enabled: useMay('captures:manage') && isWanted,
  })
}

/** @throws ApiProblem */
export async function startCapture(body: object): Promise<void> {
  await change<CaptureItem>('POST', path, body)
  await queryClient.invalidateQueries({ queryKey: ['captures'] })
}

/** @throws ApiProblem */
export async function stopCapture(id: string): Promise<void> {
  await change<CaptureItem>('POST', `${path}/${encodeURIComponent(id)}/stop`, {})
  await queryClient.invalidateQueries({ queryKey: ['captures'] })
}

const filePath = (file: string) => `${path}/files/${encodeURIComponent(file)}`

/** Why a file is opened, and whether personal data in it is masked. */
export interface Opening {
  reason: string
  masked: boolean
}

/** Where the file is downloaded from; that it was is on record, with the reason. */
export function downloadPath(file: string, opening: Opening): string {
  return `${filePath(file)}${queryText(queryOf(opening))}`
}

/** Packets of a file from a number on; that they were shown is on record. @throws ApiProblem */
export function readPackets(file: string, opening: Opening, from: number): Promise<PacketPage> {
  const query = { ...queryOf(opening), from: `${from}`, limit: `${pagePackets}` }
  return get<PacketPage>(`${filePath(file)}/packets${queryText(query)}`)
}

function queryOf({ reason, masked }: Opening): Record<string, string> {
  return { reason, ...(masked && { masked: 'true' }) }
}
