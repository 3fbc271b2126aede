import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { duplexPair, type Duplex } from 'node:stream'
import { suite, test } from 'node:test'
import tls from 'node:tls'
import { Direction } from '../../src/model/direction.ts'
import type { FlowDetails, TlsDetails } from '../../src/model/records.ts'
import { tlsProtocol } from '../../src/protocols/tls/index.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { RecordingSink } from '../support/recording-sink.ts'

/* Handshakes of a real TLS stack, and certificates that openssl made. */

const DAY_MS = 86_400_000

interface Identity {
  key: Buffer
  cert: Buffer
}

function makeIdentity(folder: string, name: string, key: string[], subject: string, names: string): Identity {
  const file = (extension: string) => join(folder, `${name}.${extension}`)
  const output = ['-keyout', file('key'), '-out', file('pem')]
  const request = ['req', '-utf8', '-x509', '-nodes', '-days', '30', '-subj', subject, '-addext', names]
  execFileSync('openssl', [...request, ...key, ...output], { stdio: 'ignore' })
  return { key: readFileSync(file('key')), cert: readFileSync(file('pem')) }
}

const rsa = (bits: number) => ['-newkey', `rsa:${bits}`]
const curve = (name: string) => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${name}`]

const usual = (folder: string) =>
  makeIdentity(
    folder,
    'web',
    curve('prime256v1'),
    '/O=Clinic/CN=web.clinic.example',
    'subjectAltName=DNS:web.clinic.example,IP:10.0.0.7,IP:fd00::7',
  )

type Turn = [direction: Direction, bytes: Uint8Array]

/** What two ends say to each other until the client has read an answer. */
async function record(server: tls.TlsOptions, client: tls.ConnectionOptions): Promise<Turn[]> {
  const turns: Turn[] = []
  const [clientEnd, serverEnd] = [duplexPair(), duplexPair()]
  relay(clientEnd[1], serverEnd[1], turns)
  const accepted = new tls.TLSSocket(serverEnd[0], { isServer: true, ...server })
  accepted.on('data', () => accepted.end('the answer')).on('error', () => undefined)
  const socket = tls.connect({ socket: clientEnd[0], rejectUnauthorized: false, ...client })
  socket.on('error', () => undefined).resume()
  socket.write('the question')
  await Promise.race([once(socket, 'close'), once(socket, 'end')]).catch(() => undefined)
  return turns
}

function relay(client: Duplex, server: Duplex, turns: Turn[]): void {
  const pass = (from: Duplex, to: Duplex, direction: Direction) =>
    from
      .on('data', (bytes: Buffer) => {
        turns.push([direction, new Uint8Array(bytes)])
        to.write(bytes)
      })
      .on('end', () => to.end())
  pass(client, server, Direction.toServer)
  pass(server, client, Direction.toClient)
}

interface Seen {
  tls: TlsDetails
  encrypted: boolean
  lines: string[]
}

function read(turns: Turn[], piece = Number.POSITIVE_INFINITY, at = Date.now()): Seen {
  const sink = new RecordingSink()
  const parser = tlsProtocol.create(sink, 'tcp')
  for (const [direction, bytes] of turns)
    for (let i = 0; i < bytes.length; i += piece)
      parser.data(direction, bytes, i, Math.min(bytes.length, i + piece), at * 1000)
  parser.end(0)
  parser.end(1)
  const details: FlowDetails = {}
  parser.describe(details)
  assert.ok(details.tls)
  return { tls: details.tls, encrypted: parser.encrypted, lines: sink.lines() }
}

suite('handshakes of a real TLS stack', { timeout: 30_000 }, () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`${version}, wherever it is cut`, async (t) => {
      const identity = usual(temporaryFolder(t))
      const turns = await record(
        { ...identity, ALPNProtocols: ['h2'] },
        {
          servername: 'web.clinic.example',
          ALPNProtocols: ['h2', 'http/1.1'],
          minVersion: version,
          maxVersion: version,
        },
      )
      const { tls: details, encrypted, lines } = read(turns)
      const { sni, alpn, offeredAlpn, version: chosen, alerts } = details
      assert.deepEqual(
        { sni, alpn, offeredAlpn, chosen, alerts },
        {
          sni: 'web.clinic.example',
          // In 1.3 the choice is encrypted.
          alpn: version === 'TLSv1.2' ? 'h2' : undefined,
          offeredAlpn: ['h2', 'http/1.1'],
          chosen: version,
          alerts: undefined,
        },
      )
      assert.equal(encrypted, true)
      assert.equal(details.certificates?.length, version === 'TLSv1.2' ? 1 : undefined)
      assert.ok(!lines.some((line) => /malformed|incomplete/.test(line)), lines.join())
      for (const piece of [1, 13, 400]) assert.deepEqual(read(turns, piece).tls, details)
    })
  }

  test('a session that is taken up again says so', async (t) => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const identity = usual(temporaryFolder(t))
      const context = {
        secureContext: tls.createSecureContext({ ...identity, minVersion: version, maxVersion: version }),
      }
      let session: Buffer | undefined
      const first = await recordWithSession(context, (ticket) => (session = ticket))
      assert.ok(session)
      assert.equal(read(first).tls.resumed, false)
      assert.equal(read(await record(context, { session })).tls.resumed, true, version)
    }
  })

  test('certificates are read as Node reads them, whatever the key', async (t) => {
    const folder = temporaryFolder(t)
    const keys: [key: string[], name: string, isWeak: boolean][] = [
      [rsa(1024), 'RSA 1024', true],
      [rsa(2048), 'RSA 2048', false],
      [curve('prime256v1'), 'EC P-256', false],
      [curve('secp384r1'), 'EC P-384', false],
      [['-newkey', 'ed25519'], 'Ed25519', false],
    ]
    for (const [i, [key, name, isWeak]] of keys.entries()) {
      const identity = makeIdentity(
        folder,
        `k${i}`,
        key,
        '/C=DE/O=Klinik Süd/CN=k.example',
        'subjectAltName=DNS:k.example,IP:10.0.0.7,IP:fd00::7',
      )
      const options = { ciphers: 'ALL:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const
      const seen = read(await record({ ...identity, ...options }, options))
      const truth = new X509Certificate(identity.cert)
      assert.deepEqual(seen.tls.certificates, [
        {
          subject: 'C=DE, O=Klinik Süd, CN=k.example',
          issuer: 'C=DE, O=Klinik Süd, CN=k.example',
          names: ['k.example', '10.0.0.7', 'fd00::7'],
          notBefore: new Date(truth.validFrom).toISOString(),
          notAfter: new Date(truth.validTo).toISOString(),
          key: name,
          fingerprint: truth.fingerprint256.replaceAll(':', '').toLowerCase(),
          selfSigned: true,
        },
      ])
      assert.equal(seen.tls.anomalies?.includes('tls-weak-key') ?? false, isWeak, name)
      assert.ok(seen.tls.anomalies?.includes('tls-certificate-self-signed'))
    }
  })

  test('a certificate is judged by the time of its packet', async (t) => {
    const turns = await record({ ...usual(temporaryFolder(t)), maxVersion: 'TLSv1.2' }, {})
    const anomalies = (days: number) => read(turns, undefined, Date.now() + days * DAY_MS).tls.anomalies
    assert.ok(anomalies(31)?.includes('tls-certificate-expired'))
    assert.ok(anomalies(-1)?.includes('tls-certificate-not-yet-valid'))
    assert.deepEqual(anomalies(1), ['tls-certificate-self-signed'])
  })

  test('a person’s certificate is inspected, and not written out', async (t) => {
    const folder = temporaryFolder(t)
    const person = makeIdentity(
      folder,
      'person',
      curve('prime256v1'),
      '/O=Clinic/CN=Jane Roe/emailAddress=jane.roe@clinic-example.org',
      'subjectAltName=email:jane.roe@clinic-example.org',
    )
    const server = {
      ...usual(folder),
      requestCert: true,
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    } as const
    const { tls: details, lines } = read(await record(server, person))
    assert.deepEqual(
      details.clientCertificates?.map(({ subject, issuer, names }) => ({ subject, issuer, names })),
      [{ subject: 'O=Clinic, CN=…, emailAddress=…', issuer: 'O=Clinic, CN=…, emailAddress=…', names: [] }],
    )
    assert.ok(lines.includes('> tls.certificate subject.CN=Jane Roe'))
    assert.ok(lines.includes('> tls.certificate subject.emailAddress=jane.roe@clinic-example.org'))
    assert.ok(lines.includes('> tls.certificate email=jane.roe@clinic-example.org'))
  })

  test('a handshake that fails says why', async (t) => {
    const turns = await record(
      { ...usual(temporaryFolder(t)), minVersion: 'TLSv1.3' },
      { maxVersion: 'TLSv1.2' },
    )
    const { tls: details, encrypted } = read(turns)
    assert.deepEqual(details.alerts, ['to-client fatal protocol_version'])
    assert.equal(encrypted, false)
  })
})

async function recordWithSession(server: tls.TlsOptions, take: (session: Buffer) => void): Promise<Turn[]> {
  const turns: Turn[] = []
  const [clientEnd, serverEnd] = [duplexPair(), duplexPair()]
  relay(clientEnd[1], serverEnd[1], turns)
  const accepted = new tls.TLSSocket(serverEnd[0], { isServer: true, ...server })
  accepted.on('data', () => accepted.write('the answer')).on('error', () => undefined)
  const socket = tls.connect({ socket: clientEnd[0], rejectUnauthorized: false })
  socket.on('session', take).on('error', () => undefined)
  socket.write('the question')
  await once(socket, 'data')
  await new Promise((resolve) => setImmediate(resolve))
  socket.destroy()
  return turns
}
