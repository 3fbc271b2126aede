import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Direction } from '../../model/direction.ts'
import { Verdict } from '../protocol.ts'
import {
  complete,
  int32,
  message,
  query as simpleQuery,
  ready,
  row,
  sslRequest,
  startup,
} from './fixtures.ts'
import { postgresqlProtocol } from './index.ts'

describe('PostgreSQL is told by content', () => {
  const query = simpleQuery('SELECT 1')
  const tables: [name: string, direction: Direction, bytes: Buffer, verdict: number][] = [
    ['start-up', 0, startup('user', 'x'), Verdict.yes],
    ['start-up with user second', 0, startup('database', 'd', 'user', 'x'), Verdict.yes],
    ['SSLRequest', 0, sslRequest, Verdict.yes],
    ['half a start-up', 0, startup('user', 'x').subarray(0, 6), Verdict.maybe],
    ['a query in the middle', 0, query, Verdict.yes],
    ['a query cut short', 0, query.subarray(0, 10), Verdict.no],
    ['HTTP', 0, Buffer.from('GET / HTTP/1.1\r\n\r\n'), Verdict.no],
    ['TLS', 0, Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]), Verdict.no],
    [
      'version 3 without a user',
      0,
      Buffer.concat([int32(12), int32(196_608), Buffer.from('abcd')]),
      Verdict.no,
    ],
    ['authentication', 1, Buffer.concat([message('R', int32(0)), ready]), Verdict.yes],
    ['rows up to ready', 1, Buffer.concat([row('1'), complete(), ready]), Verdict.yes],
    ['rows alone', 1, row('1'), Verdict.no],
    ['an SMTP greeting', 1, Buffer.from('220 mail.example ESMTP\r\n'), Verdict.no],
  ]
  for (const [name, direction, bytes, verdict] of tables) {
    it(name, () => {
      const padded = Buffer.concat([Buffer.from('##'), bytes, Buffer.from('##')])
      assert.equal(postgresqlProtocol.probe(direction, padded, 2, 2 + bytes.length, 5432), verdict)
    })
  }
})
