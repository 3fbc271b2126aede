import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Direction } from '../../model/direction.ts'
import { Verdict } from '../protocol.ts'
import * as make from './fixtures.ts'
import { tlsProtocol } from './index.ts'

const hello = make.record(22, make.clientHello([0x1301], [make.serverName('a.example')]), 0x0301)

const rows: [name: string, bytes: Buffer, verdict: Verdict][] = [
  ['a hello', hello, Verdict.yes],
  ['the first bytes of a hello', hello.subarray(0, 9), Verdict.maybe],
  ['one byte', hello.subarray(0, 1), Verdict.maybe],
  ['a server’s hello', make.record(22, make.serverHello(0x1301, [])), Verdict.yes],
  ['a hello of SSL 2.0', make.oldClientHello(0x0301, 3), Verdict.yes],
  ['data from the middle', make.record(23, Buffer.alloc(9)).subarray(0, 8), Verdict.yes],
  ['an alert', make.record(21, Buffer.from([2, 40])), Verdict.yes],
  ['an encrypted alert', make.record(21, Buffer.alloc(26)), Verdict.yes],
  ['a change of cipher', make.record(20, make.u8(1)), Verdict.yes],
  ['a certificate, its hello missed', make.record(22, make.handshake(11, Buffer.alloc(40))), Verdict.yes],
  ['a version that there is not', make.record(23, Buffer.alloc(9), 0x0309), Verdict.no],
  ['a record that is too long', Buffer.from([23, 3, 3, 0xff, 0xff, 0]), Verdict.no],
  ['an empty record', Buffer.from([22, 3, 3, 0, 0, 0]), Verdict.no],
  [
    'a hello of another protocol’s length',
    make.record(22, make.handshake(1, Buffer.alloc(8, 3))),
    Verdict.no,
  ],
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n'), Verdict.no],
  ['zeros', Buffer.alloc(40), Verdict.no],
  ['random bytes with the first bit set', Buffer.alloc(40, 0xa5), Verdict.no],
]

for (const [name, bytes, verdict] of rows) {
  test(`${name}: ${Object.keys(Verdict)[verdict]}`, () => {
    assert.equal(tlsProtocol.probe(Direction.toServer, bytes, 0, bytes.length, 443), verdict)
  })
}
