import type { Readable } from 'node:stream'
import { dayOf } from '../../evidence/body-keys.ts'
import { writeBundle } from '../../evidence/bundle/write-bundle.ts'
import { headerText } from '../../evidence/entry.ts'
import type { Controller } from '../../controller/controller.ts'
import { bundleAttachments } from '../../controller/evidence/bundle-attachments.ts'
import type { Ledger, LedgerEntry } from '../../evidence/ledger.ts'
import { type Checkpoint, keyFingerprint, parseCheckpoint, verifierLine } from '../../evidence/signed-note.ts'
import type { WitnessState } from '../../evidence/witness/witnesses.ts'
import type {
  BundleQuery,
  CheckpointsQuery,
  ConsistencyQuery,
  ErasureBody,
  EvidenceEntriesQuery,
  InclusionQuery,
} from '../contract/evidence-operations.ts'
import { operations } from '../contract/operations.ts'
import { listedRoute } from '../listed-route.ts'
import { badParameter } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { authorOf } from './author.ts'
import { window } from './listings.ts'

/** The evidence ledger. What asks for a bundle is on record itself, before it is given one. */
export function evidenceRoutes(controller: Controller): Route[] {
  const { ledger } = controller
  return [
    {
      operation: operations.evidence,
      answer: () => showLedger(ledger),
    },
    {
      operation: operations.rotateEvidenceKey,
      answer: async (call) => {
        const { author, reason } = authorOf(call)
        await ledger.rotateKey(author, reason)
        return showLedger(ledger)
      },
    },
    { operation: operations.eraseEvidence, answer: (call) => eraseDays(ledger, call) },
    listedRoute(
      operations.evidenceEntries,
      (query: EvidenceEntriesQuery) => listEntries(ledger, query),
      (next: number, { order }) => (order === 'newest' ? { to: next } : { from: next }),
    ),
    listedRoute(
      operations.evidenceCheckpoints,
      (query: CheckpointsQuery) => listCheckpoints(ledger, query),
      (to: number) => ({ to }),
    ),
    { operation: operations.checkpoint, answer: () => ledger.checkpoint() },
    {
      operation: operations.inclusionProof,
      answer: async ({ query }) => {
        const { index, size } = query as InclusionQuery
        return proofOf(await ledger.inclusionProof(index, size))
      },
    },
    {
      operation: operations.consistencyProof,
      answer: async ({ query }) => {
        const { first, second } = query as ConsistencyQuery
        return proofOf(await ledger.consistencyProof(first, second))
      },
    },
    { operation: operations.evidenceBundle, answer: (call) => giveBundle(controller, call) },
  ]
}

async function eraseDays(ledger: Ledger, call: Call): Promise<{ days: string[] }> {
  const { author, reason } = authorOf(call)
  const { from = '', before } = call.body as ErasureBody
  if (from >= before) throw badParameter('from', 'is not before `before`')
  if (before > dayOf(new Date().toISOString()))
    throw badParameter('before', 'is after today: entries of today are sealed with a key that is in use')
  call.audited.detail = { from, before }
  return { days: await ledger.eraseDays({ from, before }, author, reason) }
}

async function showLedger(ledger: Ledger) {
  const { origin, signer, size, handOvers } = ledger
  const note = await ledger.lastCheckpoint()
  const checkpoint = note === null ? null : shownCheckpoint(note)
  const fingerprint = keyFingerprint(signer)
  const witnesses = ledger.witnessStates().map(shownWitness)
  const key = verifierLine(signer)
  return { origin, key, fingerprint, size, handOvers: handOvers.length, witnesses, checkpoint }
}

function shownWitness({ last, failing, ...witness }: WitnessState) {
  return {
    ...witness,
    last: last === null ? null : { ...last, at: new Date(last.at).toISOString() },
    failing: failing === null ? null : { ...failing, since: new Date(failing.since).toISOString() },
  }
}

async function listEntries(ledger: Ledger, query: EvidenceEntriesQuery) {
  const { kind, limit, order } = query
  const times = await entriesOfTime(ledger, query)
  const from = Math.max(query.from ?? 0, times.first)
  const to = Math.min(query.to ?? ledger.size, times.end)
  const isNewestFirst = order === 'newest'
  const read = await ledger.entries({ from, to, limit, isNewestFirst, ...(kind !== undefined && { kind }) })
  const last = read.at(-1)?.header.index
  const next = read.length < limit || last === undefined ? null : isNewestFirst ? last : last + 1
  return { items: read.map(shown), next: next === 0 ? null : next }
}

/** Entries `[first, end)` of a time. */
async function entriesOfTime(ledger: Ledger, query: { since?: string; until?: string }) {
  const { since, until } = window(query)
  const first = since === undefined ? 0 : await ledger.firstSince(since)
  const end = until === undefined ? ledger.size : await ledger.firstSince(until)
  return { first, end }
}

async function listCheckpoints(ledger: Ledger, { to = ledger.size, limit }: CheckpointsQuery) {
  const heads = await ledger.checkpoints({ from: 0, to, limit, isNewestFirst: true })
  const items = heads.map(({ note }) => shownCheckpoint(note))
  const last = items.at(-1)
  return { items, next: heads.length < limit || last === undefined || last.size <= 1 ? null : last.size - 1 }
}

/** What is in the store was signed by this very ledger, so that it is one. */
function shownCheckpoint(note: string) {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  const { size, root, time } = parseCheckpoint(text) as Checkpoint
  return { size, root: root.toString('base64'), time, note }
}

function shown({ header, body }: LedgerEntry) {
  const { index, time, kind, actor } = header
  const content: unknown = body === undefined ? null : JSON.parse(body.text)
  const opened = { salt: body?.salt.toString('base64') ?? null, recorded: body?.text ?? null }
  return { index, time, kind, actor, body: content, header: headerText(header), ...opened }
}

function proofOf(hashes: readonly Buffer[]) {
  return { proof: hashes.map((hash) => hash.toString('base64')) }
}

async function giveBundle(
  controller: Controller,
  { query, identity, audited, reply }: Call,
): Promise<Readable> {
  const { ledger, cases } = controller
  const { case: id, ...times } = query as BundleQuery
  if (id !== undefined && Object.keys(times).length > 0)
    throw badParameter('case', 'stands in place of times')
  if (id !== undefined) audited.target = id
  const { first, end } = id === undefined ? await entriesOfTime(ledger, times) : await cases.entriesOf(id)
  const workloads = id === undefined ? [] : (await cases.get(id)).workloads
  const at = Date.now()
  const attached = await bundleAttachments(
    controller,
    { ...(await timesOf(ledger, first, end)), workloads },
    at,
  )
  const bundle = await writeBundle(ledger, { first, end, at, attached })
  const body = { first, end, ...(id !== undefined && { case: id }) }
  await ledger.append({ kind: 'export', actor: identity.caller.name, at, body })
  const day = dayOf(new Date(at).toISOString())
  void reply.header('content-disposition', `attachment; filename="evidence-${id ?? day}.zip"`)
  void reply.type('application/zip')
  return bundle
}

/** Of the first and the last of some entries, in ms since 1970. */
async function timesOf(
  ledger: Ledger,
  first: number,
  end: number,
): Promise<{ since: number; until: number }> {
  const at = async (index: number): Promise<number> => {
    const [entry] = await ledger.entries({ from: index, limit: 1 })
    return entry === undefined ? Infinity : Date.parse(entry.header.time)
  }
  return { since: await at(first), until: await at(Math.min(end, ledger.size) - 1) }
}
