import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'

const rounds = Number(process.env.PAVISE_KILL_ROUNDS ?? 12)
const writer = new URL('./kill-9-writer.ts', import.meta.url).pathname

/** Lets a writer run, kills it at some moment, and returns the last batch that it said was durable. */
async function writeUntilKilled(path: string, run: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer, path, run], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child.stdout, 'data')
  setTimeout(() => child.kill('SIGKILL'), afterMs)
  await once(child, 'close')
  assert.equal(child.signalCode, 'SIGKILL', 'the writer ended by itself')
  // The last line may have been cut in the middle by the kill: only whole lines count.
  const whole = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number)
  return Math.max(...whole)
}

function integrity(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true })
  const result = database.prepare('PRAGMA integrity_check').get()?.integrity_check
  database.close()
  return String(result)
}

function storedFlows(path: string, run: string, sequence: number): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const row = database.prepare('SELECT COUNT(*) AS n FROM flows WHERE id LIKE ?').get(`${run}-${sequence}-%`)
  database.close()
  return Number(row?.n)
}

test(`after ${rounds} times kill -9, everything acknowledged is there and the file is whole`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-kill-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'store.db')
  let batches = 0
  for (let round = 0; round < rounds; round++) {
    const run = `run${round}`
    const printed = await writeUntilKilled(path, run, Math.floor(Math.random() * 200))
    const store = await SqliteStore.open(path)
    const acknowledged = await store.acknowledged('writer', run)
    const { items } = await store.findings({ limit: 1000 })
    await store.close()
    assert.ok(acknowledged >= printed, `${run}: printed ${printed}, but only ${acknowledged} is stored`)
    for (let sequence = 1; sequence <= acknowledged; sequence++) {
      assert.equal(storedFlows(path, run, sequence), 40, `${run}, batch ${sequence}`)
    }
    assert.equal(storedFlows(path, run, acknowledged + 1), 0, `${run}: half a batch is stored`)
    const shared = items.find((item) => item.finding.recordId === `${run}-shared`)
    assert.equal(shared?.finding.count, acknowledged, `${run}: the finding is not the one of its last batch`)
    assert.equal(integrity(path), 'ok')
    batches += acknowledged
  }
  t.diagnostic(`${batches} batches over ${rounds} kills`)
})
