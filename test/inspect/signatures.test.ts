import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { readSignatureSet } from '../../src/attacks/signatures/signature-set.ts'
import { Direction } from '../../src/model/direction.ts'
import { framed, message, QUERY, question, Rr } from '../../src/protocols/dns/fixtures.ts'
import { clientHello, record, serverName } from '../../src/protocols/tls/fixtures.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { builtInDetector } from '../support/built-in-detector.ts'
import { inspectTurns } from '../support/inspected-connection.ts'
import { pavise } from '../support/pavise-command.ts'

const rules = `alert http $EXTERNAL_NET any -> $HOME_NET any (msg:"A book is lost"; flow:established,to_server; http.uri; content:"/shelf/"; http.request_body; content:"lost book"; nocase; classtype:web-application-attack; sid:100; rev:2;)
alert dns any any -> any any (msg:"A bad name is asked for"; dns.query; content:"bad.example"; nocase; endswith; sid:101;)
alert tls any any -> any any (msg:"A bad name is called"; tls.sni; content:"bad.example"; sid:102;)
alert tcp any any -> any any (msg:"Of packets"; content:"lost"; sid:103;)
`

suite('rules in the form of Suricata', () => {
  const signatures = readSignatureSet([{ name: 'own.rules', text: rules }])
  const told = (port: number, ...pieces: (Buffer | string)[]) =>
    inspectTurns(
      builtInDetector,
      pieces.map((piece) => [Direction.toServer, Buffer.from(piece as string, 'latin1')]),
      port,
      { signatures },
    ).attacks.map(
      ({ class: attackClass, reasons }) => `${attackClass} ${reasons.map(({ rule }) => rule).join()}`,
    )
  const post = (body: string) => [
    'POST /shelf/1 HTTP/1.1\r\nHost: b\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n',
    `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  ]
  const asking = (name: string) => framed(message({ flags: QUERY, questions: [question(name, Rr.a)] }))
  const calling = (name: string) => record(22, clientHello([0x1301], [serverName(name)]))

  for (const [what, port, pieces, expected] of [
    ['a request, in pieces', 80, post('the Lost Book'), ['known-exploit suricata.100']],
    ['another request', 80, post('the book'), []],
    ['a question to DNS', 53, [asking('a.BAD.example')], ['known-exploit suricata.101']],
    ['another question', 53, [asking('bad.example.org')], []],
    ['a hello of TLS', 443, [calling('bad.example')], ['known-exploit suricata.102']],
    ['another hello', 443, [calling('good.example')], []],
  ] as const)
    test(`see ${what}`, () => assert.deepEqual(told(port, ...pieces), expected))

  test('are checked: what is left out is told with its line', async (t) => {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'own.rules'), rules)
    const { code, output } = await pavise('rules', 'check', folder)
    assert.equal(code, 1)
    assert.match(output, /own\.rules:4: left out: it looks at packets as they are/)
    assert.match(output, /Rules: 3, of which 0 have no word .* Left out: 1\./)
  })
})
