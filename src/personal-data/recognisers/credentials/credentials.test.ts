import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../../test/support/built-in-detector.ts'
import * as fc from 'fast-check'
import { detectAll } from '../../../../test/support/detect-all.ts'
import { fuzzRuns } from '../../../../test/support/fuzz-runs.ts'
import { compileRecognisers } from '../../compile.ts'
import { normalise } from '../../counting/normalise.ts'
import { credentialRecognisers } from '../credentials.ts'
import { hasBase62Checksum } from './github-token.ts'
import { alphanumeric, base32, base62Checksum, base64, base64url, encoded, hex } from './samples.ts'

const ids = (text: string, field = ''): string[] => detectAll(detector, text, field).map(({ id }) => id)

const body = alphanumeric(30)
const github = `ghp_${body}${base62Checksum(body)}`
const token = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub: 'anna', iat: 1_700_000_000 })}.${base64url(43)}`
const longToken = `${encoded({ alg: 'RS256', kid: 'key 1' })}.${encoded({ scope: alphanumeric(400) })}.${base64url(342)}`

test('the checksum of a token that GitHub showed fits', () => {
  const bytes = Buffer.from(['ghp', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'].join('_'))
  assert.equal(hasBase62Checksum(bytes, 4, bytes.length), true)
  assert.equal(hasBase62Checksum(bytes, 3, bytes.length), false)
})

test('a value is found once, as the most telling of what it could be', () => {
  const table: [text: string, field: string, expected: string[]][] = [
    [`Authorization: Bearer ${token}\r\n`, '', ['bearer-token']],
    [`Bearer ${token}`, 'authorization', ['bearer-token']],
    [`Bearer ${longToken}`, 'authorization', ['bearer-token']],
    [token, 'authorization', ['bearer-token']],
    [longToken, 'proxy-authorization', ['bearer-token']],
    [token, '$.token', ['jwt']],
    [token, 'cookie.session', ['jwt']],
    [`see ${token} for it.`, '', ['jwt']],
    [`{"auth":"Bearer ${github}"}`, '$.auth', ['bearer-token']],
    [`Authorization: token ${github}`, '', ['github-token']],
    [`{"key":"${github}"}`, '$.key', ['github-token']],
    [`https://x-access-token:${github}@git.example.com/a.git`, '', ['connection-string']],
    [`ghs_1234_${token}`, '', ['github-token']],
    [`Access key ID,Secret access key\nAKIA${base32(16)},${base64(40)}\n`, '', ['aws-secret-key']],
    [
      `aws_access_key_id = AKIA${base32(16)}\naws_secret_access_key = ${base64(40)}\n`,
      '',
      ['aws-access-key', 'aws-secret-key'],
    ],
    [`<SecretAccessKey>${base64(40)}</SecretAccessKey>`, '', ['aws-secret-key']],
    ['postgres://app:s3cret@db.example.com/customers', '', ['connection-string']],
    [`proxy-authorization: basic ${Buffer.from('anna:secret').toString('base64')}\r\n`, '', ['http-basic']],
    [
      `DefaultEndpointsProtocol=https;AccountKey=${base64(86)}==;EndpointSuffix=core.windows.net`,
      '',
      ['azure-storage-key'],
    ],
    [`anna:$6$${alphanumeric(8)}$${alphanumeric(86)}:19000:0:99999:7:::`, '', ['password-hash']],
    [`https://api.telegram.org/bot123456789:AA${alphanumeric(33)}/getMe`, '', []],
  ]
  for (const [text, field, expected] of table)
    assert.deepEqual(ids(text, field), expected, `${text} in ${field}`)
})

test('what is longer than a match is found by how it begins', () => {
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${base64(1600).replaceAll(/.{64}/g, '$&\n')}\n-----END RSA PRIVATE KEY-----\n`
  const table: [text: string, id: string][] = [
    [longToken, 'jwt'],
    [`bearer ${longToken}`, 'bearer-token'],
    [`Bearer ${alphanumeric(2000)}`, 'bearer-token'],
    [`Basic ${Buffer.from(`client:${alphanumeric(300)}`).toString('base64')}`, 'http-basic'],
    [`ghs_1234_${longToken}`, 'github-token'],
    [`ya29.${base64url(500)}`, 'google-oauth'],
    [`pypi-AgEIcHlwaS5vcmc${base64url(300)}`, 'pypi-token'],
    [`sk-proj-${base64url(150)}`, 'openai-key'],
    [pem, 'private-key'],
    [pem.replaceAll('\n', '\\n'), 'private-key'],
    [`mongodb+srv://app:s3cret@${'very-long-name.'.repeat(20)}example.net`, 'connection-string'],
  ]
  for (const [value, id] of table) {
    const found = detectAll(detector, `{"x":"${value}"}`)
    assert.deepEqual(
      found.map((finding) => [finding.id, finding.start]),
      [[id, 6]],
      value.slice(0, 40),
    )
    assert.ok(found[0].end - found[0].start <= 192 && value.startsWith(found[0].text), value.slice(0, 40))
  }
})

test('a long token that names no algorithm where it can be seen, or is part of a longer word, is none', () => {
  const table = [
    `${encoded({ kid: 'k'.repeat(200), alg: 'HS256' })}.${encoded({ sub: '1' })}.${base64url(43)}`,
    `x${token}`,
    `${encoded({ alg: 'HS256' })}...`,
    `data:application/json;base64,${encoded({ version: 3, file: 'a.js', mappings: 'A'.repeat(500) })}`,
    encoded({ iv: base64(16), value: base64(100), mac: hex(64) }),
  ]
  for (const text of table) assert.deepEqual(ids(text), [], text)
})

/** What goes over the wire all day: programs, lock files, identifiers and digests. */
const ordinaryTexts = [
  '!function(e,t){"object"==typeof exports?module.exports=t():e.sk_live=t}(this,function(){var e={AIza:1,ghp_:"npm_"},t="xoxb-",n="SG.";return e.AKIA||/hooks\\.slack\\.com/.test(t)||n?"Bearer "+e.token:"Basic "+btoa(e.user+":"+e.password)});',
  'const url=`postgres://${user}:${password}@${host}/db`,dsn="Server="+s+";Password="+p,k="-----BEGIN PRIVATE KEY-----";',
  `"node_modules/a": {"version": "1.2.3", "resolved": "https://registry.example.org/@scope/a/-/a-1.2.3.tgz", "integrity": "sha512-${base64(86)}=="}`,
  `"node_modules/@b/c": {"integrity": "sha512-AKIA${base64(82)}==", "dev": true}`,
  `h1:${base64(43)}=\ngolang.org/x/sys v0.1.0/go.mod h1:${base64(43, 2)}=\n`,
  `commit ${hex(40)}\nparent ${hex(40, 2)}\nindex ${hex(7)}..${hex(7, 2)} 100644\n`,
  `{"id":"${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}","etag":"\\"${hex(32)}\\"","sha256":"${hex(64)}"}`,
  `<script nonce="${base64(24)}" integrity="sha384-${base64(64)}" src="/a.${hex(8)}.js"></script>`,
  `url(data:font/woff2;base64,${base64(4000)}) .sk-chasing-dot{color:#${hex(6)}} .sk-proj-list>.item{margin:0 auto}`,
  'WWW-Authenticate: Bearer realm="example", error="invalid_token"\r\nWWW-Authenticate: Basic realm="members"\r\n',
  'The bearer of this letter has basic knowledge; see basic authentication (RFC 7617) and bearer tokens (RFC 6750).',
  'http://user@example.com:8080/a@b http://localhost:3000/@vite/client git@github.com:a/b.git ssh://git@example.com/a.git',
  'time 12:30:45, ratio 1//0, $1$2, $6.99, $2.50, ya29, hvs., glpat, dop_v1, shpat_',
  `Set-Cookie: session=s%3A${alphanumeric(32)}.${base64(43)}; Path=/; HttpOnly`,
]

test('ordinary traffic raises no false alarm', () => {
  const own = compileRecognisers(credentialRecognisers)
  for (const text of ordinaryTexts) assert.deepEqual(detectAll(own, text), [], text)
  for (const made of [hex, base32, alphanumeric, base64, base64url]) {
    assert.deepEqual(detectAll(own, made(200_000, 5)), [], made.name)
  }
})

test('masks tell the kind and hide the secret', () => {
  for (const { id, mask, examples } of credentialRecognisers) {
    for (const value of examples.good) {
      const masked = mask(value)
      assert.ok(masked.endsWith('****') && value.startsWith(masked.slice(0, -4)), `${id}: ${masked}`)
    }
  }
  const table: [id: string, value: string, masked: string][] = [
    ['github-token', github, 'ghp_****'],
    ['bearer-token', `Bearer ${token}`, 'Bearer ****'],
    ['bearer-token', token, 'eyJ****'],
    ['http-basic', 'Basic YTpi', '****'],
    ['private-key', `-----BEGIN PRIVATE KEY-----\n${base64(64)}`, '-----BEGIN PRIVATE KEY-----****'],
    ['connection-string', 'mongodb+srv://app:s3cret@cluster0.example.net', 'mongodb+srv://****'],
    ['connection-string', 'host=db.example.com user=app password=s3cret', 'host=****'],
    ['password-hash', `$2b$12$${alphanumeric(53)}`, '$2b$****'],
    ['telegram-bot-token', `123456789:AA${alphanumeric(33)}`, '****'],
    ['aws-secret-key', base64(40), '****'],
  ]
  for (const [id, value, masked] of table) {
    assert.equal(credentialRecognisers.find((known) => known.id === id)?.mask(value), masked)
  }
})

test('the same secret counts once however it is written, and case makes another', () => {
  const out = Buffer.alloc(192)
  const canonical = (id: string, value: string): string => {
    const bytes = Buffer.from(value)
    const recogniser = credentialRecognisers.find((known) => known.id === id)
    assert.ok(recogniser)
    return out.toString('latin1', 0, normalise(recogniser, bytes, { start: 0, end: bytes.length }, out))
  }
  assert.equal(canonical('bearer-token', `Bearer ${token}`), canonical('bearer-token', `bearer  ${token}`))
  assert.equal(canonical('bearer-token', token), token)
  assert.equal(canonical('http-basic', 'Basic YTpi'), 'YTpi')
  assert.equal(canonical('aws-secret-key', `AKIA${base32(16)},${base64(40)}`), base64(40))
  assert.notEqual(canonical('jwt', token), canonical('jwt', token.toLowerCase()))
})

test('findings are the same however a stream of secrets and near misses is cut', () => {
  const examples = credentialRecognisers.flatMap((known) => [...known.examples.good, ...known.examples.bad])
  const part = fc.oneof(
    fc.constantFrom(...examples, longToken, `Bearer ${longToken}`),
    fc.constantFrom(
      'eyJ',
      'Bearer ',
      'Basic ',
      '://',
      ':',
      '@',
      '$',
      ' ',
      '\n',
      '"',
      '-----BEGIN PRIVATE KEY-----',
    ),
    fc.string({ size: 'small' }),
  )
  const property = fc.property(
    fc.array(part, { size: 'max', minLength: 10, maxLength: 60 }),
    fc.array(fc.nat(700), { size: 'max', minLength: 1, maxLength: 20 }),
    (parts, cuts) => {
      const text = parts.join('')
      const found = detectAll(detector, text)
      assert.deepEqual(detectAll(detector, text, '', cuts), found)
      let last = 0
      for (const { start, end } of found) {
        assert.ok(start >= last && end > start)
        last = end
      }
    },
  )
  fc.assert(property, { numRuns: Math.ceil(fuzzRuns / 3) })
})
