import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { concatenate, longs, words } from '../../../src/packet/frames.ts'

/* What two ends say to each other, to be cut, damaged and put into packets. */

/** Values that must not come out of the engine as they are. Example numbers and reserved names. */
export const values = {
  iban: 'DE89370400440532013000',
  card: '4111111111111111',
  email: 'jane.doe@clinic-example.org',
  ssn: '536-90-4399',
  phone: '+4930901820',
} as const

/** Who sends (0 the client), and what. */
export type Turn = [side: 0 | 1, bytes: Uint8Array]

export interface Exchange {
  name: string
  transport: 'tcp' | 'udp'
  port: number
  turns: Turn[]
}

const latin = (text: string) => Buffer.from(text, 'latin1')
const json = JSON.stringify({
  patients: {
    'Anna Meier': { phone: values.phone },
    '8f14e45f-ceea-467f-a0e6-9cf1b6d5f3a1': { iban: values.iban },
  },
  accounts: [
    { card: values.card, mail: values.email },
    { ssn: values.ssn, deep: [[[{ a: [1, 2.5e3, null] }]]] },
  ],
})

function http(start: string, fields: string[], body: string | Uint8Array = ''): Uint8Array {
  return Buffer.concat([latin([start, ...fields, '', ''].join('\r\n')), Buffer.from(body)])
}

function response(fields: string[], body: string | Uint8Array): Uint8Array {
  return http('HTTP/1.1 200 OK', [...fields, `Content-Length: ${Buffer.from(body).length}`], body)
}

function chunked(body: Uint8Array, size: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size)
    parts.push(latin(`${chunk.length.toString(16)};x=1\r\n`), chunk, latin('\r\n'))
  }
  return concatenate(...parts, latin(`0\r\nX-Trailer: ${values.email}\r\n\r\n`))
}

const encodings: [name: string, encode: (body: Uint8Array) => Uint8Array][] = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
]

const multipart = [
  '--XyZ',
  'Content-Disposition: form-data; name="plain"',
  '',
  values.email,
  '--XyZ',
  'Content-Disposition: form-data; name="doc"; filename="a.json"',
  'Content-Type: application/json',
  '',
  json,
  '--XyZ',
  'Content-Disposition: form-data; name="table"',
  'Content-Type: text/csv',
  '',
  `name,iban\r\nAnna Meier,${values.iban}\r\n`,
  '--XyZ--',
  '',
].join('\r\n')

const get = http(
  `GET /find/${encodeURIComponent(values.email)}?mail=${encodeURIComponent(values.email)}&x=1 HTTP/1.1`,
  ['Host: clinic.example', `Cookie: user=${values.email}; s=1`, 'X-Folded: a', ' b'],
)
const post = (type: string, body: string) =>
  http(
    'POST /intake HTTP/1.1',
    ['Host: clinic.example', `Content-Type: ${type}`, `Content-Length: ${Buffer.from(body).length}`],
    body,
  )

const web: Exchange[] = [
  ...encodings.map(([name, encode]): Exchange => {
    const fields = [
      'Content-Type: application/json',
      `Content-Encoding: ${name}`,
      'Transfer-Encoding: chunked',
    ]
    const body = chunked(encode(Buffer.from(json)), 40)
    return {
      name: `http ${name}`,
      transport: 'tcp',
      port: 80,
      turns: [
        [0, get],
        [1, http('HTTP/1.1 200 OK', fields, body)],
      ],
    }
  }),
  {
    name: 'http multipart, pipelined',
    transport: 'tcp',
    port: 8080,
    turns: [
      [0, concatenate(post('multipart/form-data; boundary=XyZ', multipart), get)],
      [
        1,
        concatenate(
          response(['Content-Type: text/html'], `<p title="${values.phone}">${values.email}</p>`),
          response([], ''),
        ),
      ],
    ],
  },
  {
    name: 'http forms, XML and tables',
    transport: 'tcp',
    port: 80,
    turns: [
      [
        0,
        post(
          'application/x-www-form-urlencoded',
          `iban=${values.iban}&mail=jane.doe%40clinic-example.org&x=%zz`,
        ),
      ],
      [1, response(['Content-Type: text/csv'], `${values.email},${values.iban}\r\nb,"c\r\n""d"\r\n`)],
      [0, post('text/xml; charset=utf-8', `<a><![CDATA[x]]><b c="${values.card}">${values.iban}</b></a>`)],
      [1, http('HTTP/1.0 200 OK', ['Content-Type: text/plain'], values.ssn)],
    ],
  },
  {
    name: 'http connect, then inside of it',
    transport: 'tcp',
    port: 3128,
    turns: [
      [0, http('CONNECT clinic.example:80 HTTP/1.1', ['Host: clinic.example:80'])],
      [1, http('HTTP/1.1 200 Connection established', [])],
      [0, post('application/json', json)],
      [1, response(['Content-Type: application/json'], json)],
    ],
  },
]

const cstring = (text: string) => latin(`${text}\0`)
function message(type: string, ...parts: Uint8Array[]): Uint8Array {
  const body = concatenate(...parts)
  return concatenate(latin(type), longs(body.length + 4), body)
}
const cell = (text: string) => concatenate(longs(text.length), latin(text))
const column = (name: string, oid: number) =>
  concatenate(cstring(name), longs(0), words(0), longs(oid), words(0xffff), longs(0xffff_ffff), words(0))

const startup = concatenate(
  longs(196_608),
  cstring('user'),
  cstring('clinic'),
  cstring('database'),
  cstring('patients'),
  Uint8Array.of(0),
)
const ready = message('Z', latin('I'))
const rows = concatenate(
  message('T', words(2), column('email', 25), column('iban', 25)),
  message('D', words(2), cell(values.email), cell(values.iban)),
  message('D', words(2), cell('x'), longs(0xffff_ffff)),
  message('C', cstring('SELECT 2')),
)

const postgresql: Exchange = {
  name: 'postgresql',
  transport: 'tcp',
  port: 5432,
  turns: [
    [0, longs(8, 80_877_103)],
    [1, latin('N')],
    [0, concatenate(longs(startup.length + 4), startup)],
    [1, concatenate(message('R', longs(0)), message('S', cstring('server_version'), cstring('16.1')), ready)],
    [0, message('Q', cstring(`SELECT * FROM p WHERE email = '${values.email}' AND card='${values.card}'`))],
    [1, concatenate(rows, ready)],
    [
      0,
      concatenate(
        message('P', cstring('s'), cstring('INSERT INTO p (iban, email) VALUES ($1, $2)'), words(0)),
        message(
          'B',
          cstring(''),
          cstring('s'),
          words(0),
          words(2),
          cell(values.iban),
          cell(values.email),
          words(0),
        ),
        message('E', cstring(''), longs(0)),
        message('S'),
      ),
    ],
    [1, concatenate(message('1'), message('2'), message('C', cstring('INSERT 0 1')), ready)],
    [0, message('Q', cstring('COPY p (email, iban) FROM STDIN'))],
    [1, message('G', Uint8Array.of(0), words(2, 0, 0))],
    [0, concatenate(message('d', latin(`${values.email}\t${values.iban}\n`)), message('c'))],
    [
      1,
      concatenate(message('C', cstring('COPY 1')), message('E', cstring('SERROR'), Uint8Array.of(0)), ready),
    ],
    [0, message('X')],
  ],
}

const extension = (type: number, body: Uint8Array) => concatenate(words(type, body.length), body)
const hostName = latin('clinic.example')
const hello = concatenate(
  words(0x0303),
  new Uint8Array(32).fill(7),
  0,
  words(4, 0x1301, 0xc02f, 0x0100),
  words(18 + hostName.length + 5),
  extension(0, concatenate(words(hostName.length + 3), 0, words(hostName.length), hostName)),
  extension(16, concatenate(words(3), 2, latin('h2'))),
  extension(43, Uint8Array.of(2, 3, 4)),
)
const handshake = (type: number, body: Uint8Array) => {
  const inner = concatenate(type, 0, words(body.length), body)
  return concatenate(22, words(0x0301, inner.length), inner)
}
const serverHello = concatenate(words(0x0303), new Uint8Array(32).fill(9), 0, words(0xc02f), 0, words(0))
const certificate = concatenate(0, words(16), 0, words(13), 0x30, 11, 0x30, 9, 0xa0, 3, 2, 1, 2, 2, 2, 1, 1)

const tls: Exchange = {
  name: 'tls',
  transport: 'tcp',
  port: 443,
  turns: [
    [0, handshake(1, hello)],
    [1, concatenate(handshake(2, serverHello), handshake(11, certificate), 21, words(0x0303, 2), 2, 40)],
    [0, concatenate(23, words(0x0303, 40), new Uint8Array(40).fill(0xa5))],
  ],
}

const labels = (...names: string[]) => concatenate(...names.flatMap((name) => [name.length, latin(name)]), 0)
const question = concatenate(labels('clinic', 'example'), words(1, 1))
const answers = concatenate(
  words(0xc00c, 5, 1, 0, 60, 8),
  5,
  latin('inner'),
  0xc0,
  12,
  words(0xc00c, 1, 1, 0, 60, 4),
  10,
  0,
  0,
  2,
  words(0xc00c, 16, 1, 0, 60, values.email.length + 1),
  values.email.length,
  latin(values.email),
)
const query = concatenate(words(7, 0x0100, 1, 0, 0, 1), question, 0, words(41, 1232, 0, 0, 0))
const answer = concatenate(words(7, 0x8180, 1, 3, 0, 0), question, answers)

const dns: Exchange[] = [
  {
    name: 'dns',
    transport: 'udp',
    port: 53,
    turns: [
      [0, query],
      [1, answer],
    ],
  },
  {
    name: 'dns over tcp',
    transport: 'tcp',
    port: 53,
    turns: [
      [0, concatenate(words(query.length), query)],
      [1, concatenate(words(answer.length), answer)],
    ],
  },
]

const plain: Exchange = {
  name: 'a protocol that nobody knows',
  transport: 'tcp',
  port: 9999,
  turns: [
    [0, latin(`hello ${values.email} and ${values.iban}\n`)],
    [1, latin(`card ${values.card}\n`)],
  ],
}
const syslog: Exchange = {
  name: 'datagrams',
  transport: 'udp',
  port: 514,
  turns: [[0, latin(`<13>login ${values.email}`)]],
}

export const exchanges: readonly Exchange[] = [...web, postgresql, tls, ...dns, plain, syslog]
