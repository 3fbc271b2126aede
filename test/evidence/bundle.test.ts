import assert from 'node:assert/strict'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, before, suite, test } from 'node:test'
import { type Entry, fromBufferPromise } from 'yauzl'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { BodyKeys } from '../../src/evidence/body-keys.ts'
import { bundleFile } from '../../src/evidence/bundle/format.ts'
import { verifyBundle } from '../../src/evidence/bundle/verify-bundle.ts'
import { writeBundle } from '../../src/evidence/bundle/write-bundle.ts'
import { Ledger } from '../../src/evidence/ledger.ts'
import { parseVerifierLine, verifierLine } from '../../src/evidence/signed-note.ts'
import { SigningKeys } from '../../src/evidence/signing-keys.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'

const noon = Date.UTC(2026, 10, 21, 12)
const [first, end, size] = [100, 700, 800]

suite('evidence bundle', () => {
  let folder: string
  let ledger: Ledger
  let store: SqliteStore
  let bundle: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pavise-bundle-'))
    store = await SqliteStore.open(join(folder, 'pavise.db'))
    const keys = BodyKeys.load(join(folder, 'keys'))
    const signing = SigningKeys.load(join(folder, 'key'))
    ledger = await Ledger.open({
      store: store.evidence,
      signing,
      keys,
      log: () => undefined,
      now: () => noon,
    })
    for (const step of [300, 200, 300]) {
      const from = ledger.size
      await Promise.all(Array.from({ length: step }, (_, i) => append(from + i)))
      await ledger.checkpoint()
    }
    bundle = join(folder, 'bundle.zip')
    await pipeline(await writeBundle(ledger, { first, end, at: noon }), createWriteStream(bundle))
  })

  after(async () => {
    await ledger.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  const append = (i: number) =>
    ledger.append({ kind: 'policy', actor: '<anna>', at: noon + i, body: { change: i, note: '<b>&' } })

  const key = () => parseVerifierLine(verifierLine(ledger.signer))

  /** Problems of a bundle with these bytes. */
  async function problemsOf(bytes: Buffer) {
    const path = join(folder, 'changed.zip')
    writeFileSync(path, bytes)
    return (await verifyBundle(path, { key: key() })).problems
  }

  /** The bundle with a file of it made another: signed by nobody, as whoever changes it has no key. */
  async function changed(name: string, change: (text: string) => string): Promise<Buffer> {
    const zip = await fromBufferPromise(readFileSync(bundle), { lazyEntries: true })
    const made = new ZipFile()
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      const content = await buffer(await zip.openReadStreamPromise(entry))
      made.addBuffer(
        entry.fileName === name ? Buffer.from(change(content.toString())) : content,
        entry.fileName,
      )
    }
    made.end()
    return buffer(made.outputStream)
  }

  const entries = (change: (lines: string[]) => string[]) =>
    changed(bundleFile.entries, (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`)

  test('is checked with nothing but the public key', async () => {
    const {
      problems,
      entries: checked,
      erased,
      heads,
      isKeyKnown,
      manifest,
    } = await verifyBundle(bundle, { key: key() })
    assert.deepEqual(problems, [])
    assert.deepEqual([checked, erased, heads, isKeyKnown], [end - first, 0, 2, true])
    assert.deepEqual([manifest.first, manifest.end, manifest.size], [first, end, size])
  })

  test('tells where its own key was believed', async () => {
    const report = await verifyBundle(bundle)
    assert.deepEqual([report.problems, report.isKeyKnown], [[], false])
  })

  test('is not taken as another key’s', async () => {
    const other = SigningKeys.load(join(folder, 'other')).signer
    const { problems } = await verifyBundle(bundle, { key: other })
    assert.match(problems[0].what, /ledger .* and the key of/)
    assert.ok(problems.some(({ what }) => /not signed by this key/.test(what)))
  })

  test('the first entry that does not fit is named', async () => {
    const another = (line: string, from: string, to: string) => line.replaceAll(from, to)
    const cases: [what: string, change: (lines: string[]) => string[], entry: number, RegExp][] = [
      ['changed', (l) => l.with(50, another(l[50], 'change\\":150', 'change\\":151')), 150, /other contents/],
      [
        're-dated',
        (l) => l.with(60, another(l[60], 'T12:00:00', 'T11:00:00')),
        160,
        /not as it was recorded/,
      ],
      ['by another', (l) => l.with(61, another(l[61], '<anna>', '<bert>')), 161, /not as it was recorded/],
      ['dropped', (l) => l.toSpliced(70, 1), 170, /another one: number 171/],
      ['dropped at the end', (l) => l.slice(0, -1), 699, /not there/],
      ['added', (l) => [...l, l[599]], 700, /added/],
      ['reordered', (l) => l.with(80, l[81]).with(81, l[80]), 180, /another one: number 181/],
      ['no entry', (l) => l.with(90, '{}'), 190, /no entry/],
    ]
    for (const [what, change, entry, reason] of cases) {
      const problems = await problemsOf(await entries(change))
      assert.match(problems[0].what, /not as it was signed/, what)
      const named = problems.find((problem) => problem.entry !== undefined)
      assert.equal(named?.entry, entry, what)
      assert.match(named?.what ?? '', reason, what)
    }
  })

  test('hashes that were changed along are not those that were signed', async () => {
    const problems = await problemsOf(
      await changed(bundleFile.proof, (text) => text.replace(/\[".{8}/, '["AAAAAAAA')),
    )
    assert.ok(problems.some(({ what }) => /not those of the signed head/.test(what)))
  })

  test('no bit of the file can be another', async () => {
    const bytes = readFileSync(bundle)
    for (let i = 0; i < 60; i++) {
      const at = Math.floor(((i + 0.5) * bytes.length) / 60)
      const flipped = Buffer.from(bytes)
      flipped[at] ^= 1 << (i % 8)
      const problems = await problemsOf(flipped).catch((error: { code: string }) => error.code)
      assert.ok(problems === 'BUNDLE_UNREADABLE' || problems.length > 0, `byte ${at}`)
    }
    for (const at of [bytes.length - 1, bytes.length - 2]) {
      const problems = await problemsOf(bytes.subarray(0, at)).catch((error: { code: string }) => error.code)
      assert.ok(problems === 'BUNDLE_UNREADABLE' || problems.length > 0)
    }
  })

  test('its page shows what was named as text', async () => {
    const zip = await fromBufferPromise(readFileSync(bundle), { lazyEntries: true })
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      if (entry.fileName !== bundleFile.index) continue
      const page = (await buffer(await zip.openReadStreamPromise(entry))).toString()
      assert.match(page, /&#60;anna&#62;/)
      assert.doesNotMatch(page, /<anna>|<b>/)
    }
  })

  test('over changes of the key it is checked with any of the keys', async () => {
    const old = ledger.signer
    await ledger.rotateKey('anna', 'once a year')
    const between = ledger.signer
    await ledger.append({ kind: 'policy', actor: 'anna', at: noon, body: {} })
    await ledger.rotateKey('anna', 'once more')
    const path = join(folder, 'rotated.zip')
    await pipeline(
      await writeBundle(ledger, { first: 0, end: ledger.size, at: noon }),
      createWriteStream(path),
    )
    for (const known of [old, between, ledger.signer]) {
      const { problems, handOvers, heads, entries: checked } = await verifyBundle(path, { key: known })
      assert.deepEqual([problems, handOvers, checked], [[], 2, ledger.size])
      assert.ok(heads >= 5, 'those of all keys')
    }
    const stranger = SigningKeys.load(join(folder, 'stranger')).signer
    const { problems } = await verifyBundle(path, { key: { ...stranger, name: old.name } })
    assert.match(problems[0].what, /do not lead to this key/)
  })

  test('what goes along is signed with the rest', async () => {
    const path = join(folder, 'attached.zip')
    const attached = [{ name: 'policy/version-0001.yaml', content: async () => 'kind: NvSecurityRule' }]
    await pipeline(await writeBundle(ledger, { first, end, at: noon, attached }), createWriteStream(path))
    assert.deepEqual((await verifyBundle(path, { key: ledger.signer })).problems, [])
    const zip = await fromBufferPromise(readFileSync(path), { lazyEntries: true })
    const names: string[] = []
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) names.push(entry.fileName)
    assert.ok(names.includes(attached[0].name))
  })

  test('of no entries there is none', async () => {
    await assert.rejects(writeBundle(ledger, { first: ledger.size, end: ledger.size, at: noon }), {
      code: 'EVIDENCE_UNKNOWN',
    })
  })

  test('another file is no bundle', async () => {
    writeFileSync(join(folder, 'text'), 'not a bundle')
    await assert.rejects(verifyBundle(join(folder, 'text')), { code: 'BUNDLE_UNREADABLE' })
    await assert.rejects(verifyBundle(join(folder, 'none')), { code: 'BUNDLE_UNREADABLE' })
  })
})
