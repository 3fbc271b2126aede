import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { inspectConnection } from '../../test/support/inspected-connection.ts'
import * as postgresql from '../protocols/postgresql/fixtures.ts'

/** The fields in which an IBAN is found in what a client sends to PostgreSQL. */
function ibanFields(...messages: Buffer[]): string[] {
  const pieces = [postgresql.startup('user', 'clinic'), ...messages]
  return inspectConnection(detector, pieces, 5432)
    .findings.filter(({ identifier }) => identifier === 'iban')
    .map(({ field }) => field)
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
