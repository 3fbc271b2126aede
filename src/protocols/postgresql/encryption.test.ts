import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { client, gssRequest, lost, query, run, server, sslRequest, startup, type Turn } from './fixtures.ts'
import * as fixtures from './fixtures.ts'
import { limits } from './limits.ts'

const hello = Buffer.from('160301', 'hex')
const user = startup('user', 'jane')
const refused = Buffer.from('N')
const accepted = Buffer.from('S')
const filler = (first: number) => Buffer.alloc(limits.earlyBytes + 1, first)

/** What is told: `user` of a connection in the clear, the early bytes of one that TLS takes over, or `encrypted`. */
function told(turns: Turn[], piece?: number): string {
  const { parser, details, lines } = run(turns, piece)
  const anomalies = lines.filter((line) => line.startsWith('!')).join('')
  if (parser.encrypted) return `encrypted${anomalies}`
  if (parser.handover) return `TLS behind ${Buffer.from(parser.early(0) ?? []).toString('hex')}${anomalies}`
  return `clear ${details.postgresql?.user ?? ''}${anomalies}`
}

const cases: [name: string, turns: Turn[], told: string][] = [
  ['accepted', [client(sslRequest), server(accepted)], 'TLS behind '],
  ['accepted, with TLS in the same segment', [client(sslRequest), server(accepted, hello)], 'TLS behind '],
  ['accepted, the client did not wait', [client(sslRequest, hello), server(accepted)], 'TLS behind 160301'],
  [
    'accepted, the client did not wait, in more segments',
    [client(sslRequest), client(hello), client(hello), server(accepted)],
    'TLS behind 160301160301',
  ],
  [
    'accepted, with plain text before it',
    [client(sslRequest, Buffer.from('Q')), server(accepted)],
    'TLS behind 51! postgresql-early-data',
  ],
  ['refused', [client(sslRequest), server(refused), client(user)], 'clear jane'],
  ['refused, the client did not wait', [client(sslRequest, user), server(refused)], 'clear jane'],
  [
    'refused, the client did not wait, in more segments',
    [client(sslRequest), client(user), server(refused)],
    'clear jane',
  ],
  [
    'GSSAPI refused, TLS refused, all sent at once',
    [client(gssRequest, sslRequest, user), server(refused, refused)],
    'clear jane',
  ],
  [
    'GSSAPI refused, TLS accepted, all sent at once',
    [client(gssRequest, sslRequest, hello), server(refused, accepted)],
    'TLS behind 160301',
  ],
  ['GSSAPI accepted', [client(gssRequest), server(Buffer.from('G')), client(user)], 'encrypted'],
  [
    'an old server, which answers with an error',
    [client(sslRequest, user), server(fixtures.error('Mno'))],
    'clear jane',
  ],
  ['no answer', [client(sslRequest, user)], 'clear jane'],
  [
    'the answer is lost, TLS follows',
    [client(sslRequest), lost(1, 1), client(hello)],
    'TLS behind ! postgresql-gap',
  ],
  [
    'the answer is lost, the server speaks TLS',
    [client(sslRequest), lost(1, 1), server(hello)],
    'TLS behind ! postgresql-gap',
  ],
  [
    'the answer is lost, the clear follows',
    [client(sslRequest), lost(1, 1), client(user)],
    'clear jane! postgresql-gap',
  ],
  [
    'the answer is lost, the client did not wait',
    [client(sslRequest, user), lost(1, 1)],
    'clear jane! postgresql-gap',
  ],
]

describe('a request for encryption', () => {
  for (const [name, turns, expected] of cases) {
    it(name, () => {
      for (const piece of [undefined, 1, 2, 3])
        assert.equal(told(turns, piece), expected, `pieces of ${piece}`)
    })
  }

  it('hands over behind the answer', () => {
    assert.equal(run([client(sslRequest), server(accepted, hello)]).stopped, 1)
  })

  it('reads what the client sent before the answer once, and in order', () => {
    const { lines } = run([client(sslRequest, user, query('A')), client(query('B')), server(refused)])
    assert.deepEqual(lines, ['> sql.text sql=A', '> sql.text sql=B'])
  })

  it('reads on behind an error in answer to it', () => {
    const { lines } = run([client(sslRequest), server(fixtures.error('Mno'))])
    assert.deepEqual(lines, ['< sql.error message=no'])
  })

  it('is decided by what the client sends where that is more than is kept', () => {
    assert.match(told([client(sslRequest, filler(0x16))]), /^TLS behind .*postgresql-early-data/)
    const { lines } = run([
      client(sslRequest, user, query('x'.repeat(limits.earlyBytes))),
      server(refused, fixtures.ready),
    ])
    assert.deepEqual(
      lines.map((line) => line.slice(0, 24)),
      ['! postgresql-early-data', '> sql.text sql=xxxxxxxxx'],
    )
  })
})
