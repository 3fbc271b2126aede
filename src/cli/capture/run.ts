import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { CaptureFileItem, CaptureItem, CaptureList } from '../../api/contract/capture-operations.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { ago, byOf, print, type RunningFlags, whoAsks } from '../running.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'

export interface StartFlags extends RunningFlags {
  workload?: string
  group?: string
  filter?: string
  headersOnly: boolean
  masked: boolean
  for?: number
  fileSize?: number
  files?: number
  reason: string
}

export type StopFlags = RunningFlags

export interface GetFlags {
  stateDir: string
  output: string
  reason: string
  masked: boolean
}

class CaptureError extends PaviseError<'OUTPUT_UNUSABLE'> {}

const path = '/api/v1/captures'

/** @throws LocalApiError, as all here do */
export async function startCapture(flags: StartFlags): Promise<void> {
  const { workload, group, filter, headersOnly, masked, for: seconds, fileSize, files } = flags
  const optional = { workload, group, filter, seconds, files, fileBytes: fileSize }
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
  const body = { ...given, headersOnly, masked, ...byOf(flags) }
  await printOrder(await new LocalApi(flags.stateDir).send<CaptureItem>('POST', path, body), flags, 'until')
}

export async function stopCapture(id: string, flags: StopFlags): Promise<void> {
  const stopped = `${path}/${encodeURIComponent(id)}/stop`
  await printOrder(
    await new LocalApi(flags.stateDir).send<CaptureItem>('POST', stopped, byOf({})),
    flags,
    'stopped',
  )
}

export async function listCaptures({ stateDir, json }: RunningFlags): Promise<void> {
  const list = await new LocalApi(stateDir).get<CaptureList>(path)
  const { orders, files } = list
  await print(json ? [...orders, ...files].map((item) => toJsonText(item)) : listLines(list))
}

/** The file is written whole or not at all. */
export async function getCapture(
  file: string,
  { stateDir, output, reason, masked }: GetFlags,
): Promise<void> {
  const query = new URLSearchParams({ reason, onBehalfOf: whoAsks(), ...(masked && { masked: 'true' }) })
  const packets = await new LocalApi(stateDir).download(
    `${path}/files/${encodeURIComponent(file)}?${query.toString()}`,
  )
  try {
    await pipeline(packets, createWriteStream(output, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(output, { force: true })
    throw new CaptureError('OUTPUT_UNUSABLE', `${output}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name another file with --output.',
      exitCode: ExitCode.usage,
    })
  }
  const { size } = await stat(output)
  const report = new LineOutput(process.stderr)
  const state = masked ? 'personal data masked' : 'in clear'
  report.line(`${output}: ${size} bytes, ${state}: remove it when it is no longer needed.`)
  await report.end()
}

async function printOrder(
  order: CaptureItem,
  { json }: RunningFlags,
  what: 'until' | 'stopped',
): Promise<void> {
  const { id, workloads, until } = order
  const state = what === 'until' ? `until ${until}` : 'stopped'
  await print(json ? [toJsonText(order)] : [printable(`${id}: ${workloads.join(', ')}, ${state}`)])
}

function listLines({ automatic, orders, files }: CaptureList): string[] {
  const begins = {
    payload: 'whole packets',
    masked: 'packets, personal data masked',
    headers: 'headers only',
    off: 'nothing',
  }[automatic]
  const ordered = orders.map(({ id, workloads, filter, until, by, reason }) =>
    printable(
      `under way: ${id}, ${workloads.join(', ')}, ${filter || 'all packets'}, until ${until}, by ${by}: ${reason}`,
    ),
  )
  const rows = layoutTable(
    [
      { title: 'FILE', least: 12 },
      { title: 'WORKLOAD', least: 8 },
      { title: 'WHY', least: 10 },
      { title: 'PACKETS', least: 7, align: 'right' as const },
      { title: 'BYTES', least: 7, align: 'right' as const },
      { title: 'STATE', least: 5 },
      { title: 'SINCE', least: 0 },
    ],
    files.map(cellsOf),
    process.stdout.columns ?? 160,
  )
  return [`recorded where something is found: ${begins}`, ...ordered, '', ...rows]
}

function cellsOf({
  file,
  workload,
  finding,
  capture,
  packets,
  dropped,
  bytes,
  state,
  since,
}: CaptureFileItem) {
  const why = finding?.name ?? `asked for (${capture ?? ''})`
  const lost = dropped > 0 ? ` (${dropped} dropped)` : ''
  return [
    { text: file },
    { text: printable(workload) },
    { text: printable(why) },
    { text: `${packets}${lost}` },
    { text: String(bytes) },
    { text: state },
    { text: ago(since) },
  ]
}
