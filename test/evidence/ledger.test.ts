import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { BodyKeys } from '../../src/evidence/body-keys.ts'
import type { Evidence } from '../../src/evidence/entry.ts'
import { Ledger } from '../../src/evidence/ledger.ts'
import { leafHash } from '../../src/evidence/merkle/hashing.ts'
import { isConsistent, isIncluded } from '../../src/evidence/merkle/proofs.ts'
import { headerText } from '../../src/evidence/entry.ts'
import { openNote, parseCheckpoint } from '../../src/evidence/signed-note.ts'
import { SigningKeys } from '../../src/evidence/signing-keys.ts'

const noon = Date.UTC(2026, 10, 21, 12)

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-ledger-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

interface Opened {
  ledger: Ledger
  store: SqliteStore
  keys: BodyKeys
  close: () => Promise<void>
}

async function open(folder: string): Promise<Opened> {
  const store = await SqliteStore.open(join(folder, 'pavise.db'))
  const keys = BodyKeys.load(join(folder, 'evidence.keys'))
  const signing = SigningKeys.load(join(folder, 'evidence.key'))
  try {
    const ledger = await Ledger.open({
      store: store.evidence,
      signing,
      keys,
      log: () => undefined,
      now: () => noon,
    })
    const close = async (): Promise<void> => {
      await ledger.close()
      await store.close()
    }
    return { ledger, store, keys, close }
  } catch (error) {
    await store.close()
    throw error
  }
}

const evidence = (i: number, at = noon): Evidence => ({
  kind: 'policy',
  actor: 'anna',
  at,
  body: { change: i },
})

function headOf(ledger: Ledger, note: string) {
  const checkpoint = parseCheckpoint(openNote(note, [ledger.signer]) ?? '')
  assert.ok(checkpoint)
  return checkpoint
}

suite('evidence ledger', () => {
  test('entries are numbered, kept in order, and read as they were written', async (t) => {
    const { ledger, close } = await open(folderOf(t))
    const headers = await Promise.all(Array.from({ length: 600 }, (_, i) => ledger.append(evidence(i))))
    assert.deepEqual(
      headers.map(({ index }) => index),
      Array.from({ length: 600 }, (_, i) => i),
    )
    const read = await ledger.entries({ from: 255, limit: 3 })
    assert.deepEqual(
      read.map(({ header, body }) => [header.index, header.time, header.actor, body?.text]),
      [255, 256, 257].map((i) => [i, '2026-11-21T12:00:00.000Z', 'anna', `{"change":${i}}`]),
    )
    await close()
  })

  test('a ledger goes on where it was, and its heads are consistent', async (t) => {
    const folder = folderOf(t)
    const first = await open(folder)
    await Promise.all(Array.from({ length: 300 }, (_, i) => first.ledger.append(evidence(i))))
    const before = headOf(first.ledger, await first.ledger.checkpoint())
    await first.close()
    const second = await open(folder)
    assert.equal(second.ledger.size, 300)
    assert.equal(second.ledger.origin, first.ledger.origin)
    const { index } = await second.ledger.append(evidence(300))
    assert.equal(index, 300)
    const after = headOf(second.ledger, await second.ledger.checkpoint())
    assert.ok(isConsistent(before, after, await second.ledger.consistencyProof(300, 301)))
    const [{ header }] = await second.ledger.entries({ from: 7, limit: 1 })
    const proof = await second.ledger.inclusionProof(7, 301)
    assert.ok(
      isIncluded(leafHash(Buffer.from(headerText(header))), { index: 7, size: 301 }, proof, after.root),
    )
    await second.close()
  })

  test('with the key of its day the contents of an entry are gone, and the tree stays', async (t) => {
    const folder = folderOf(t)
    const { ledger, keys, close } = await open(folder)
    await ledger.append(evidence(0, noon - 86_400_000))
    await ledger.append(evidence(1))
    const root = headOf(ledger, await ledger.checkpoint()).root
    assert.deepEqual(keys.destroy({ from: '', before: '2026-11-21' }), ['2026-11-20'])
    const entries = await ledger.entries({ from: 0, limit: 2 })
    assert.deepEqual(
      entries.map(({ body }) => body?.text),
      [undefined, '{"change":1}'],
    )
    assert.doesNotMatch(readFileSync(join(folder, 'evidence.keys'), 'utf8'), /2026-11-20/)
    assert.ok(headOf(ledger, await ledger.checkpoint()).root.equals(root))
    await close()
  })

  test('keys are for their owner only', async (t) => {
    const folder = folderOf(t)
    const { ledger, close } = await open(folder)
    await ledger.append(evidence(0))
    for (const name of ['evidence.key', 'evidence.keys']) {
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
    }
    await close()
  })

  test('what was changed behind its back is not gone on with', async (t) => {
    const changes: [what: string, statement: string][] = [
      ['an entry less', 'DELETE FROM evidence_entries WHERE number = 299'],
      [
        'another hash',
        `UPDATE evidence_tiles SET hashes = '${Buffer.alloc(256 * 32).toString('base64')}' WHERE number = 0`,
      ],
      ['a tile less', 'DELETE FROM evidence_tiles WHERE number = 1'],
      ['another head', "UPDATE evidence_heads SET note = replace(note, '300', '299')"],
    ]
    const { DatabaseSync } = await import('node:sqlite')
    for (const [what, statement] of changes) {
      const folder = folderOf(t)
      const { ledger, close } = await open(folder)
      await Promise.all(Array.from({ length: 300 }, (_, i) => ledger.append(evidence(i))))
      await close()
      const database = new DatabaseSync(join(folder, 'pavise.db'))
      database.exec(statement)
      database.close()
      await assert.rejects(open(folder), { code: 'EVIDENCE_DAMAGED' }, what)
    }
  })

  test('a change of the key that a crash left unrecorded is on record after the next start', async (t) => {
    const folder = folderOf(t)
    const first = await open(folder)
    await first.ledger.append(evidence(1))
    await first.close()
    SigningKeys.load(join(folder, 'evidence.key')).rotate(1, new Date(noon).toISOString())
    for (let start = 0; start < 2; start++) {
      const { ledger, close } = await open(folder)
      const recorded = await ledger.entries({ from: 0, kind: 'key', limit: 10 })
      assert.equal(recorded.length, 1)
      assert.match(recorded[0].body?.text ?? '', /hand-over 1/)
      await close()
    }
  })

  test('no evidence is more than the ledger takes', async (t) => {
    const { ledger, close } = await open(folderOf(t))
    await assert.rejects(ledger.append({ ...evidence(0), body: 'x'.repeat(300_000) }), RangeError)
    assert.equal(ledger.size, 0)
    await close()
  })
})
