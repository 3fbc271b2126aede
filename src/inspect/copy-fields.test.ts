import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipv4, tcp } from '../packet/frames.ts'
import { LinkType, Packet, TcpFlag } from '../packet/packet.ts'
import { compileRecognisers } from '../personal-data/compile.ts'
import * as postgresql from '../protocols/postgresql/fixtures.ts'
import { Engine } from './engine.ts'
import { builtInProtocols } from './protocols.ts'

const detector = compileRecognisers()

/** The fields in which an IBAN is found in what a client sends to PostgreSQL. */
function ibanFields(...messages: Buffer[]): string[] {
  const fields: string[] = []
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow: (view) => {
      for (const { identifier, field } of view.news()) if (identifier === 'iban') fields.push(field)
    },
  })
  let sequence = 101
  for (const bytes of [postgresql.startup('user', 'clinic'), ...messages]) {
    const packet = new Packet()
    const ports = { sourcePort: 40_000, destinationPort: 5432 }
    packet.bytes = ipv4(
      { protocol: 6, source: '10.0.0.1', destination: '10.0.0.2' },
      tcp({ ...ports, sequence, acknowledgment: 1, flags: TcpFlag.ack }, bytes),
    )
    sequence += bytes.length
    packet.end = packet.originalLength = packet.bytes.length
    packet.time = 1_700_000_000_000_000
    packet.linkType = LinkType.raw
    engine.packet(packet)
  }
  engine.close()
  return fields
}

const iban = 'DE89370400440532013000'
const binary = Buffer.concat([
  Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'),
  postgresql.int16(2),
  postgresql.value('x'),
  postgresql.value(iban),
])

const cases: [sql: string, data: string | Buffer, field: string][] = [
  ['COPY p (note, account) FROM STDIN', `say "x\t${iban}\n`, 'sql.column account'],
  ['COPY p (note, account) FROM STDIN', `x\\ty\t\\n${iban}\n`, 'sql.column account'],
  ["COPY p (note, account) FROM STDIN (DELIMITER '|')", `a\\|b|${iban}\n`, 'sql.column account'],
  ['COPY p (note, account) FROM STDIN CSV', `"x,\n",${iban}\n`, 'sql.column account'],
  ['COPY p FROM STDIN CSV HEADER', `note,account\nx,${iban}\n`, 'sql.column account'],
  ['COPY p FROM STDIN', `x\t${iban}\n`, 'sql.column column 2'],
  ['COPY p (note, account) FROM STDIN BINARY', binary, 'sql.column account'],
  ['COPY p FROM STDIN BINARY', binary, 'sql.column column 2'],
  ['COPY p FROM STDIN (FORMAT parquet)', `x\t${iban}\n`, 'sql.column'],
]

for (const [sql, data, field] of cases) {
  test(`${sql}: a value is told with its column`, () => {
    const fields = ibanFields(postgresql.query(sql), postgresql.copyData(data), postgresql.copyDone)
    assert.deepEqual(fields, [field])
  })
}
