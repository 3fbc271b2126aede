import type { Readable } from 'node:stream'
import { dayOf } from '../../evidence/body-keys.ts'
import { writeBundle } from '../../evidence/bundle/write-bundle.ts'
import { headerText } from '../../evidence/entry.ts'
import type { Ledger, LedgerEntry } from '../../evidence/ledger.ts'
import { verifierLine } from '../../evidence/signed-note.ts'
import type {
  BundleQuery,
  ConsistencyQuery,
  EvidenceEntriesQuery,
  InclusionQuery,
} from '../contract/evidence-operations.ts'
import { operations } from '../contract/operations.ts'
import type { Call, Route } from '../route.ts'
import { window } from './listings.ts'

/** The evidence ledger. What asks for a bundle is on record itself, before it is given one. */
export function evidenceRoutes(ledger: Ledger): Route[] {
  return [
    {
      operation: operations.evidence,
      answer: () => ({ origin: ledger.origin, key: verifierLine(ledger.signer), size: ledger.size }),
    },
    {
      operation: operations.evidenceEntries,
      answer: ({ query }) => listEntries(ledger, query as EvidenceEntriesQuery),
    },
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
    { operation: operations.evidenceBundle, answer: (call) => giveBundle(ledger, call) },
  ]
}

async function listEntries(ledger: Ledger, { from = 0, kind, limit }: EvidenceEntriesQuery) {
  const read = await ledger.entries({ from, limit, ...(kind !== undefined && { kind }) })
  const last = read.at(-1)?.header.index
  return { items: read.map(shown), next: read.length < limit || last === undefined ? null : last + 1 }
}

function shown({ header, body }: LedgerEntry) {
  const { index, time, kind, actor } = header
  const content: unknown = body === undefined ? null : JSON.parse(body.text)
  return { index, time, kind, actor, body: content, header: headerText(header) }
}

function proofOf(hashes: readonly Buffer[]) {
  return { proof: hashes.map((hash) => hash.toString('base64')) }
}

async function giveBundle(ledger: Ledger, { query, identity, reply }: Call): Promise<Readable> {
  const { since, until } = window(query as BundleQuery)
  const first = since === undefined ? 0 : await ledger.firstSince(since)
  const end = until === undefined ? ledger.size : await ledger.firstSince(until)
  const at = Date.now()
  const bundle = await writeBundle(ledger, { first, end, at })
  const body = { first, end }
  await ledger.append({ kind: 'export', actor: identity.caller.name, at, body })
  const day = dayOf(new Date(at).toISOString())
  void reply.header('content-disposition', `attachment; filename="evidence-${day}.zip"`)
  void reply.type('application/zip')
  return bundle
}
