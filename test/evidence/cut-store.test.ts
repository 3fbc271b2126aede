import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { headerText } from '../../src/evidence/entry.ts'
import { hashBytes, leafHash } from '../../src/evidence/merkle/hashing.ts'
import { isConsistent, isIncluded } from '../../src/evidence/merkle/proofs.ts'
import { tileWidth } from '../../src/evidence/merkle/tile-tree.ts'
import { openNote, parseCheckpoint } from '../../src/evidence/signed-note.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { openLedger, temporaryFolder } from '../controller/fixture.ts'

/** Bytes between two places where the file is cut: a prime, so that all parts of pages come up. With 1 it is each byte. */
const stride = Number(process.env['PAVISE_CUT_STRIDE'] ?? 61)
/** Entries before, of which more than one tile is made, and those whose commits are cut. */
const [acknowledged, added] = [260, 7]

async function open(folder: string) {
  const store = await SqliteStore.open(join(folder, 'store.db'))
  const ledger = await openLedger(folder, store)
  const append = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        ledger.append({ kind: 'policy', actor: 'anna', at: Date.UTC(2026, 10, 21), body: { change: i } }),
      ),
    )
  const head = async () => {
    const checkpoint = parseCheckpoint(openNote(await ledger.checkpoint(), [ledger.signer]) ?? '')
    assert.ok(checkpoint)
    return checkpoint
  }
  let closed: Promise<void> | undefined
  const close = () => (closed ??= ledger.close().then(() => store.close()))
  return { ledger, append, head, close }
}

type Head = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['head']>>

test('wherever what was written last is cut off, the tree is whole, and all before it is there', async (t) => {
  const folder = temporaryFolder(t)
  const { append, head, close } = await open(folder)
  t.after(close)
  await append(acknowledged)
  const before = await head()
  const copy = join(folder, 'copy')
  mkdirSync(copy)
  for (const name of ['store.db', 'evidence.key', 'evidence-bodies.keys'])
    copyFileSync(join(folder, name), join(copy, name))
  const begun = readFileSync(join(folder, 'store.db-wal')).length
  // Of what comes at once the first is committed alone, and the rest while the disk is waited for.
  await append(added)
  const log = readFileSync(join(folder, 'store.db-wal'))
  await close()
  assert.ok(log.length > begun, 'it is in the log, and in no other file yet')

  const ends = commitEnds(copy, log, begun)
  assert.deepEqual([...ends.values()], [acknowledged, acknowledged + 1, acknowledged + added])
  for (const [end, size] of ends)
    for (const at of new Set([end, Math.max(begun, end - 1)])) {
      writeFileSync(join(copy, 'store.db-wal'), log.subarray(0, at))
      const expected = at === end ? size : size === acknowledged + 1 ? acknowledged : acknowledged + 1
      await goesOn(copy, before, expected)
    }
})

/** Cuts the log from behind: where it first has how many entries, each time with the tile that holds their hashes. */
function commitEnds(folder: string, log: Buffer, begun: number): Map<number, number> {
  const wal = join(folder, 'store.db-wal')
  const smallest = new Map<number, number>()
  writeFileSync(wal, log)
  const cuts = Array.from(
    { length: Math.ceil((log.length - begun) / stride) },
    (_, i) => log.length - i * stride,
  )
  for (const at of [...cuts, begun]) {
    truncateSync(wal, at)
    const { size, hashes } = stored(folder)
    assert.equal(hashes, size - tileWidth, `a tile as far as the entries, cut at byte ${at}`)
    smallest.set(size, at)
  }
  return exactEnds(folder, log, smallest)
}

/** Where exactly a log has so many entries for the first time, by halving what lies between two cuts. */
function exactEnds(folder: string, log: Buffer, smallest: ReadonlyMap<number, number>): Map<number, number> {
  const found = [...smallest].toSorted(([a], [b]) => a - b)
  const ends = new Map<number, number>()
  for (const [i, [size, at]] of found.entries()) {
    let [low, high] = [i === 0 ? at : Math.max(found[i - 1][1], at - stride), at]
    while (low < high) {
      const middle = (low + high) >> 1
      writeFileSync(join(folder, 'store.db-wal'), log.subarray(0, middle))
      if (stored(folder).size === size) high = middle
      else low = middle + 1
    }
    ends.set(high, size)
  }
  return ends
}

/** Entries, and hashes of the tile behind the first full one, as a start would find them. */
function stored(folder: string): { size: number; hashes: number } {
  const database = new DatabaseSync(join(folder, 'store.db'), { readOnly: true })
  try {
    const { size } = database.prepare('SELECT COUNT(*) AS size FROM evidence_entries').get() as {
      size: number
    }
    const tile = database.prepare('SELECT hashes FROM evidence_tiles WHERE level = 0 AND number = 1').get()
    const hashes = Buffer.from((tile?.['hashes'] ?? '') as string, 'base64').length / hashBytes
    return { size, hashes }
  } finally {
    database.close()
    rmSync(join(folder, 'store.db-shm'), { force: true })
  }
}

/** A start with that much of it finds so many entries, a tree that has grown from the head before, and goes on with it. */
async function goesOn(folder: string, before: Head, size: number): Promise<void> {
  const started = `${folder}-started`
  mkdirSync(started)
  for (const name of ['store.db', 'store.db-wal', 'evidence.key', 'evidence-bodies.keys'])
    copyFileSync(join(folder, name), join(started, name))
  const { ledger, append, head, close } = await open(started)
  assert.equal(ledger.size, size)
  await append(1)
  const after = await head()
  assert.ok(isConsistent(before, after, await ledger.consistencyProof(before.size, after.size)))
  for (const index of [0, size - 1, size]) {
    const [{ header, body }] = await ledger.entries({ from: index, limit: 1 })
    const leaf = leafHash(Buffer.from(headerText(header)))
    const proof = await ledger.inclusionProof(index, after.size)
    assert.ok(isIncluded(leaf, { index, size: after.size }, proof, after.root))
    assert.match(body?.text ?? '', /^\{"change":\d+\}$/)
  }
  await close()
  rmSync(started, { recursive: true })
}
