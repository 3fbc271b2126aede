import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import { suite, test, type TestContext } from 'node:test'
import { BodyKeys } from '../../src/evidence/body-keys.ts'
import { verifyBundle } from '../../src/evidence/bundle/verify-bundle.ts'
import { noteOf } from '../../src/evidence/bundle/witnessed-heads.ts'
import { writeBundle } from '../../src/evidence/bundle/write-bundle.ts'
import { Ledger } from '../../src/evidence/ledger.ts'
import { SigningKeys } from '../../src/evidence/signing-keys.ts'
import { readCertificates } from '../../src/evidence/witness/certificates.ts'
import { openTimeStamp, timeStampRequest } from '../../src/evidence/witness/time-stamp.ts'
import { type WitnessOptions, witnessesOf } from '../../src/evidence/witness/witness.ts'
import { silentLog } from '../../src/lib/log.ts'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { pavise } from '../support/pavise-command.ts'
import { BucketServer } from './bucket-server.ts'
import { TimeStampAuthority } from './time-stamp-authority.ts'

async function openLedger(t: TestContext, witnesses: Partial<WitnessOptions>) {
  const folder = temporaryFolder(t)
  const store = await SqliteStore.open(join(folder, 'pavise.db'))
  const ledger = await Ledger.open({
    store: store.evidence,
    signing: SigningKeys.load(join(folder, 'key')),
    keys: BodyKeys.load(join(folder, 'bodies')),
    witnesses: witnessesOf({
      ...{ authorities: [], authorityMs: 1, files: [], webhooks: [], buckets: [] },
      ...witnesses,
    }),
    log: silentLog,
  })
  t.after(async () => {
    await ledger.close()
    await store.close()
  })
  const grow = async (): Promise<void> => {
    await ledger.append({ kind: 'run', actor: 'pavise', at: Date.now(), body: {} })
    await ledger.checkpoint()
  }
  const bundle = async (): Promise<string> => {
    const path = join(folder, `bundle-${ledger.size}.zip`)
    await pipeline(
      await writeBundle(ledger, { first: 0, end: ledger.size, at: Date.now() }),
      createWriteStream(path),
    )
    return path
  }
  const taken = (size: number) =>
    eventually(
      () => ledger.witnessStates().every(({ last }) => last?.size === size),
      `all have ${size} entries`,
    )
  return { folder, ledger, grow, bundle, taken }
}

function startAuthority(t: TestContext, digest?: 'sha1'): TimeStampAuthority {
  const folder = join(temporaryFolder(t), 'authority')
  mkdirSync(folder)
  const authority = new TimeStampAuthority(folder, digest)
  t.after(() => authority.close())
  return authority
}

suite('witnesses', () => {
  test('an authority’s time stamp is proven by its root alone, and by no other', async (t) => {
    const authority = startAuthority(t)
    const url = await authority.listen()
    const { ledger, folder, grow, bundle, taken } = await openLedger(t, {
      authorities: [`${url}?key=secret`],
    })
    await grow()
    await taken(1)
    await grow()
    await taken(2)
    const path = await bundle()
    const key = ledger.signer
    const roots = readCertificates(authority.rootPath)
    const { problems, witnesses } = await verifyBundle(path, { key, roots })
    assert.deepEqual(problems, [])
    assert.deepEqual(
      witnesses.map(({ kind, size, isProven }) => [kind, size, isProven]),
      [
        ['time-stamp', 2, true],
        ['time-stamp', 1, true],
      ],
    )
    assert.match(witnesses[0].name, /CN=leaf/)
    const other = readCertificates(startAuthority(t).rootPath)
    const unknown = await verifyBundle(path, { key, roots: other })
    assert.deepEqual([unknown.problems, unknown.witnesses[0].isProven], [[], false])
    const shown = await pavise('evidence', 'verify', path, '--authority-roots', authority.rootPath)
    assert.match(shown.output, /time stamp of .*CN=leaf: the first 2 entries .* 1 head before it \(proven\)/)
    assert.equal(ledger.witnessStates()[0].name, url, 'no secret in its name')
    writeFileSync(join(folder, 'none.pem'), 'no certificate')
    assert.throws(() => readCertificates(join(folder, 'none.pem')), { code: 'CERTIFICATE_UNUSABLE' })
  })

  test('a second place that keeps heads shows another past', async (t) => {
    const file = join(temporaryFolder(t), 'heads')
    const { ledger, grow, bundle, taken } = await openLedger(t, { files: [file] })
    await grow()
    await taken(1)
    const heads = readFileSync(file, 'utf8').trimEnd().split('\n').map(noteOf)
    const { problems, witnesses } = await verifyBundle(await bundle(), { key: ledger.signer, heads })
    assert.deepEqual(problems, [])
    assert.deepEqual(
      witnesses.map(({ size, isProven }) => [size, isProven]),
      [
        [1, false],
        [1, true],
      ],
    )
    const another = await openLedger(t, { files: [file] })
    await another.grow()
    const strange = await verifyBundle(await another.bundle(), { key: another.ledger.signer, heads })
    assert.match(strange.problems[0].what, /second place has kept is not signed/)
  })

  test('one that does not answer is told again, and the newest head stands for all', async (t) => {
    const received: string[] = []
    let isDown = true
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        if (!isDown) received.push(body)
        response.writeHead(isDown ? 503 : 204).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heads`
    const { ledger, grow, taken } = await openLedger(t, { webhooks: [url] })
    await grow()
    await eventually(() => ledger.witnessStates()[0].failing !== null, 'it fails')
    assert.match(ledger.witnessStates()[0].failing?.why ?? '', /status 503/)
    await grow()
    await grow()
    isDown = false
    await taken(3)
    assert.equal(ledger.witnessStates()[0].failing, null)
    const { type, note } = JSON.parse(received[0]) as { type: string; note: string }
    assert.deepEqual([received.length, type, ledger.chain.openHead(note)?.size], [1, 'evidence-head', 3])
  })
})

suite('a bucket as a witness', () => {
  const credentials = { accessKeyId: 'AKPAVISE', secretAccessKey: 'a secret' }

  async function start(t: TestContext, path: string, change: Partial<typeof credentials> = {}) {
    const server = new BucketServer({ AKPAVISE: 'a secret' })
    t.after(() => server.close())
    const url = `${await server.listen()}${path}`
    const buckets = [{ url, region: 'eu-central-1', credentials: { ...credentials, ...change } }]
    return { server, ...(await openLedger(t, { buckets })) }
  }

  test('each head is an object of its own, signed as S3 asks, and is checked against', async (t) => {
    const { server, grow, taken, ledger, bundle, folder } = await start(t, "/evidence/site%20A/it's%2B1/")
    await grow()
    await taken(1)
    await grow()
    await taken(2)
    assert.deepEqual(server.refused, [])
    const names = [...server.objects.keys()]
    assert.match(names[0], /^\/evidence\/site%20A\/it%27s%2B1\/head-0000000000000001-[0-9a-f]{16}$/)
    assert.equal(names.length, 2)
    const kept = join(folder, 'kept')
    mkdirSync(kept)
    for (const [i, note] of [...server.objects.values()].entries()) writeFileSync(join(kept, `${i}`), note)
    const shown = await pavise('evidence', 'verify', await bundle(), '--heads', kept)
    assert.match(shown.output, /put into http:.*: the first 2 entries were there .*as Pavise says/)
    assert.match(shown.output, /the heads that were given: the first 2 entries .*\(proven\)/)
    assert.equal(ledger.witnessStates()[0].failing, null)
  })

  test('with another secret it is refused, and that is said', async (t) => {
    const { server, grow, ledger } = await start(t, '/evidence', { secretAccessKey: 'another' })
    await grow()
    await eventually(() => ledger.witnessStates()[0].failing !== null, 'it fails')
    assert.match(ledger.witnessStates()[0].failing?.why ?? '', /status 403/)
    assert.deepEqual([server.objects.size, server.refused[0]], [0, 'SignatureDoesNotMatch'])
  })

  test('without credentials Pavise does not start', async () => {
    const { code, errors } = await pavise('up', '--witness-bucket', 'https://s3.example/evidence')
    assert.equal(code, 2)
    assert.match(errors, /WITNESS_CREDENTIALS.*\n.*AWS_ACCESS_KEY_ID/)
  })
})

test('the head that is signed at the end is told too, to those who are asked by the hour as well', async (t) => {
  const authority = startAuthority(t)
  const file = join(temporaryFolder(t), 'heads')
  const authorities = [await authority.listen()]
  const { ledger, grow, taken } = await openLedger(t, { authorities, authorityMs: 3_600_000, files: [file] })
  await grow()
  await taken(1)
  await ledger.append({ kind: 'run', actor: 'pavise', at: Date.now(), body: { what: 'stopped' } })
  await ledger.close()
  const states = ledger.witnessStates().map(({ kind, last }) => [kind, last?.size])
  assert.deepEqual(states, [
    ['time-stamp', 2],
    ['file', 2],
  ])
})

suite('time stamps', () => {
  const content = 'a head'

  test('of something else, of another request, by SHA-1, or changed do not fit', (t) => {
    const authority = startAuthority(t)
    const nonce = randomBytes(8)
    const stamp = authority.stamp(timeStampRequest(content, nonce))
    const roots = readCertificates(authority.rootPath)
    assert.equal(typeof openTimeStamp(stamp, content, { nonce, roots }), 'object')
    const cases: [what: string | object, RegExp][] = [
      [openTimeStamp(stamp, 'another head', { nonce }), /something else/],
      [openTimeStamp(stamp, content, { nonce: randomBytes(8) }), /another request/],
      [openTimeStamp(Buffer.from('nonsense'), content), /no time stamp/],
      [openTimeStamp(Buffer.from('3003020102', 'hex'), content), /no time stamp/],
    ]
    for (const [said, expected] of cases) assert.match(said as string, expected)
    const weak = startAuthority(t, 'sha1').stamp(timeStampRequest(content, nonce))
    assert.match(openTimeStamp(weak, content) as string, /no time stamp/)
    const wrong = Buffer.from(stamp)
    wrong[wrong.length - 1] ^= 1
    assert.match(openTimeStamp(wrong, content) as string, /not signed/)
  })

  test('whatever bit of one is another: no crash, and never another time', (t) => {
    const authority = startAuthority(t)
    const stamp = authority.stamp(timeStampRequest(content, randomBytes(8)))
    const { time } = openTimeStamp(stamp, content) as { time: string }
    for (let bit = 0; bit < stamp.length * 8; bit += 5) {
      const changed = Buffer.from(stamp)
      changed[bit >> 3] ^= 1 << (bit & 7)
      const opened = openTimeStamp(changed, content)
      if (typeof opened === 'object') assert.equal(opened.time, time, `bit ${bit}`)
    }
    for (let length = 0; length < stamp.length; length += 7)
      assert.equal(typeof openTimeStamp(stamp.subarray(0, length), content), 'string')
  })
})
