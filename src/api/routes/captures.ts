import { parseFilter } from '../../capture/filter/parse-filter.ts'
import { listPackets } from '../../capture/packet-list.ts'
import type { KeptFile } from '../../capture/store/capture-store.ts'
import type { Captures, OrderedCapture } from '../../controller/captures.ts'
import type { Controller } from '../../controller/controller.ts'
import type { Detectors } from '../../controller/detectors/detectors.ts'
import type {
  CaptureFileItem,
  CaptureInput,
  CaptureItem,
  CaptureList,
  CapturesQuery,
  OpenQuery,
  PacketPage,
  PacketsQuery,
} from '../contract/capture-operations.ts'
import { operations } from '../contract/operations.ts'
import { badParameter, HttpProblem } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'

/** Where an order does not say: a minute, four files of 8 MiB. */
const usual = { seconds: 60, fileBytes: 8 * 1024 * 1024, files: 4 }

/** Recorded packets. Who asks for them and opens them is in the audit log with the reason, and so in the ledger. */
export function captureRoutes(controller: Controller, detectors: Detectors): Route[] {
  const opener: Opener = (call) => openAsAsked(capturesOf(controller), detectors, call)
  return [
    {
      operation: operations.captures,
      answer: ({ query }) => list(controller.captures, query as CapturesQuery),
    },
    { operation: operations.startCapture, answer: (call) => start(controller, call) },
    {
      operation: operations.stopCapture,
      answer: ({ params }) => {
        const stopped = capturesOf(controller).stop((params as { id: string }).id)
        if (stopped === undefined) throw new HttpProblem(404, 'No such capture is under way.')
        return orderItem(stopped)
      },
    },
    { operation: operations.openCapture, answer: (call) => download(opener, call) },
    { operation: operations.capturePackets, answer: (call) => showPackets(opener, call) },
  ]
}

/** Gives what a file holds, once who opens it is on record. */
type Opener = (call: Call) => Promise<Uint8Array>

/** @throws HttpProblem where this Pavise records nothing */
function capturesOf({ captures }: Controller): Captures {
  if (captures !== undefined) return captures
  throw new HttpProblem(404, 'This Pavise keeps no packets.')
}

function list(captures: Captures | undefined, { workload, at }: CapturesQuery): CaptureList {
  if (captures === undefined) return { automatic: 'off', orders: [], files: [] }
  const { automatic } = captures
  const time = at === undefined ? undefined : Date.parse(at)
  const files = captures
    .files()
    .filter(({ about }) => workload === undefined || about.workload === workload)
    .filter((file) => time === undefined || (Date.parse(file.about.since) <= time && time <= file.at))
  return { automatic, orders: captures.orders().map(orderItem), files: files.map(fileItem) }
}

function start(controller: Controller, call: Call): CaptureItem {
  const input = call.body as CaptureInput
  const { author: by, reason } = authorOf(call)
  const {
    filter = '',
    headersOnly = false,
    masked = false,
    seconds,
    fileBytes,
    files,
  } = { ...usual, ...input }
  checkFilter(filter)
  const workloads = workloadsOf(controller, input)
  const until = Date.now() + seconds * 1000
  const order = { workloads, filter, headersOnly, masked, fileBytes, files, until, by, reason }
  const started = capturesOf(controller).start(order)
  if (started === undefined)
    throw new HttpProblem(409, 'As many captures as may be are under way.', { nextStep: 'Stop one of them.' })
  call.audited.target = started.id
  call.audited.detail = { workloads, filter, headersOnly, masked, seconds }
  return orderItem(started)
}

function checkFilter(filter: string): void {
  const parsed = parseFilter(filter)
  if ('problem' in parsed) throw badParameter('filter', `at character ${parsed.at}: ${parsed.problem}`)
}

/** @throws HttpProblem where nothing that runs is meant */
function workloadsOf(controller: Controller, { workload, group }: CaptureInput): string[] {
  if ((workload === undefined) === (group === undefined))
    throw badParameter('workload', 'name either a workload or a group')
  const running = controller.workloads().map(({ workload: { id } }) => id)
  const { live } = controller.policy
  const meant = running.filter((id) =>
    workload === undefined ? live.groupOf(id) === group : id === workload,
  )
  if (meant.length > 0) return meant
  throw new HttpProblem(404, `Nothing that runs is ${workload ?? `in the group ${group}`}.`, {
    nextStep: 'Ids of workloads are those of /api/v1/workloads.',
  })
}

async function download(opener: Opener, call: Call): Promise<Buffer> {
  const { file } = call.params as { file: string }
  const bytes = await opener(call)
  void call.reply.header('content-disposition', `attachment; filename="${file}.pcapng"`)
  void call.reply.type('application/octet-stream')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

async function showPackets(opener: Opener, call: Call): Promise<PacketPage> {
  const { from, limit } = call.query as PacketsQuery
  return { type: 'packets', ...listPackets(await opener(call), { from, most: limit }) }
}

/** The same with personal data masked, where that is asked for. */
async function openAsAsked(captures: Captures, detectors: Detectors, call: Call): Promise<Uint8Array> {
  const { masked = false } = call.query as OpenQuery
  const bytes = open(captures, call)
  if (!masked) return bytes
  call.audited.detail = { ...call.audited.detail, masked }
  const { file } = call.params as { file: string }
  const about = captures.file(file)?.about
  const request = {
    file: new Uint8Array(bytes),
    name: about?.workload ?? '',
    comments: [JSON.stringify(about)],
  }
  return detectors.mask(request)
}

/** What it holds, in clear: who, which and why is on record before anybody has it. */
function open(captures: Captures, { params, query, audited, identity }: Call): Buffer {
  const { file } = params as { file: string }
  const { reason, onBehalfOf } = query as OpenQuery
  audited.target = file
  audited.reason = reason
  if (identity.caller.kind === 'local' && onBehalfOf !== undefined) audited.detail = { onBehalfOf }
  const opened = captures.open(file)
  if (opened === undefined)
    throw new HttpProblem(404, 'There is no such file of packets, or its time is over.')
  const { bytes, problem } = opened
  if (problem === 'key' || problem === 'damaged')
    throw new HttpProblem(
      409,
      `The file does not open: ${problem === 'key' ? 'it is of another key' : 'it was changed'}.`,
    )
  return bytes
}

function orderItem({ until, ...order }: OrderedCapture): CaptureItem {
  const { masked = false } = order
  return { ...order, masked, workloads: [...order.workloads], until: new Date(until).toISOString() }
}

function fileItem({ about, at, ...kept }: KeptFile): CaptureFileItem {
  const { capture = null, finding = null, workload, since, headersOnly, masked = false } = about
  const of = { capture, finding, workload, since, headersOnly, masked }
  return { ...kept, ...of, until: new Date(at).toISOString() }
}
