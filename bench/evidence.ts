import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BodyKeys } from '../src/evidence/body-keys.ts'
import { verifyBundle } from '../src/evidence/bundle/verify-bundle.ts'
import { writeBundle } from '../src/evidence/bundle/write-bundle.ts'
import { Ledger } from '../src/evidence/ledger.ts'
import { SigningKeys } from '../src/evidence/signing-keys.ts'
import { silentLog } from '../src/lib/log.ts'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.ts'

/**
 * The evidence ledger: durable entries a second, how long a proof takes, and how fast a bundle of all is made and checked.
 *
 * PAVISE_BENCH_ENTRIES   entries (default 100000)
 */
const count = Number(process.env['PAVISE_BENCH_ENTRIES'] ?? 100_000)
const waiting = 20_000
const proofs = 200

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  try {
    await measure(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(folder: string): Promise<void> {
  const store = await SqliteStore.open(join(folder, 'pavise.db'))
  const keys = BodyKeys.load(join(folder, 'keys'))
  const ledger = await Ledger.open({
    store: store.evidence,
    signing: SigningKeys.load(join(folder, 'key')),
    keys,
    log: silentLog,
  })
  await timed(`${count} entries, each durable`, count, 'entries', () => fill(ledger))
  await timed(`${proofs} inclusion proofs`, proofs, 'proofs', async () => {
    for (let i = 0; i < proofs; i++) await ledger.inclusionProof(Math.floor((i * count) / proofs), count)
  })
  const path = join(folder, 'bundle.zip')
  await timed('a bundle of all is made', count, 'entries', async () => {
    await pipeline(
      await writeBundle(ledger, { first: 0, end: count, at: Date.now() }),
      createWriteStream(path),
    )
  })
  await timed('and checked', count, 'entries', async () => {
    const { problems } = await verifyBundle(path, { key: ledger.signer })
    if (problems.length > 0) throw new Error(problems[0].what)
  })
  await ledger.close()
  await store.close()
}

async function fill(ledger: Ledger): Promise<void> {
  for (let from = 0; from < count; from += waiting) {
    const length = Math.min(waiting, count - from)
    await Promise.all(Array.from({ length }, (_, i) => ledger.append(entry(from + i))))
  }
}

const entry = (i: number) => ({
  ...{ kind: 'findings' as const, actor: 'pavise', at: Date.now() },
  body: {
    client: `workload-${i % 100}`,
    server: 'db',
    identifier: 'iban',
    count: i,
    masked: 'DE89 **** **** 00',
  },
})

async function timed(what: string, things: number, unit: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  const rate = `${Math.round((things / ms) * 1000)} ${unit}/s`
  console.log(`${what.padEnd(34)} ${(ms / 1000).toFixed(1)} s, ${rate}, ${(ms / things).toFixed(3)} ms each`)
}
