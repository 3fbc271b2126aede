import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CopyForm } from './copy-statement.ts'
import { copyForm } from './copy-statement.ts'
import { TableTracker } from './table.ts'

/** `format columns separator quote escape`, with `header` behind where there is one. */
function shown(form: CopyForm | undefined): string {
  if (form === undefined) return 'none'
  const { columns, separator, quote, escape, hasHeader } = form.table
  const characters = [separator, quote, escape]
    .filter((c) => c > 0)
    .map((c) => JSON.stringify(String.fromCharCode(c)))
  return [form.format, `(${columns.join('|')})`, ...characters, ...(hasHeader ? ['header'] : [])].join(' ')
}

const text = (columns = '') => `text (${columns}) "\\t"`
const csv = (columns = '', quote = '"\\""', escape = quote) => `csv (${columns}) "," ${quote} ${escape}`

const cases: [sql: string, form: string][] = [
  ['COPY p (id, "E,""Mail") FROM STDIN', text('id|E,"Mail')],
  ['copy p from stdin;', text()],
  ['COPY "my schema"."p(x)" (a) TO STDOUT', text('a')],
  ['COPY ONLY_IN.p(a,b) FROM STDIN', text('a|b')],
  ["COPY (SELECT ')', a FROM p WHERE b IN (1,2)) TO STDOUT", text()],
  [' /* x */ -- y\n COPY p (a) FROM STDIN', text('a')],
  ['COPY p (a) FROM STDIN WITH CSV', csv('a')],
  ['COPY p FROM STDIN CSV HEADER', `${csv()} header`],
  ['COPY p FROM STDIN (FORMAT csv)', csv()],
  ['COPY p FROM STDIN WITH (FORMAT "csv", HEADER true)', `${csv()} header`],
  ["COPY p FROM STDIN WITH (HEADER off, FORMAT 'CSV')", csv()],
  ['COPY p FROM STDIN WITH (FORMAT csv, HEADER MATCH, FORCE_NULL (a, b))', `${csv()} header`],
  ['COPY p TO STDOUT WITH (FORMAT csv, FORCE_QUOTE (header, format), HEADER 0)', csv()],
  ["COPY p TO STDOUT WITH (FORMAT csv, QUOTE '''', ESCAPE '\\')", csv('', '"\'"', '"\\\\"')],
  ["COPY p TO STDOUT WITH (FORMAT csv, DELIMITER E'\\t')", 'csv () "\\t" "\\"" "\\""'],
  ["COPY p TO STDOUT WITH (DELIMITER '|', NULL '')", 'text () "|"'],
  ["COPY p TO STDOUT WITH DELIMITER AS ';' NULL AS 'csv'", 'text () ";"'],
  ["COPY p TO STDOUT USING DELIMITERS ';'", 'text () ";"'],
  ["COPY p TO STDOUT WITH NULL 'x' CSV QUOTE AS $$'$$ FORCE QUOTE header", csv('', '"\'"')],
  ['COPY p FROM STDIN WITH (FORMAT binary)', 'binary () "\\t"'],
  ['COPY BINARY p FROM STDIN', 'binary () "\\t"'],
  ['COPY p FROM STDIN WITH BINARY', 'binary () "\\t"'],
  ['COPY binary FROM STDIN', text()],
  ['COPY p (a) FROM STDIN (FORMAT csv) WHERE a > 1', csv('a')],
  ["COPY p FROM '/tmp/file' CSV", 'none'],
  ["COPY p TO PROGRAM 'cat' CSV", 'none'],
  ['COPY p FROM STDIN (FORMAT parquet)', 'none'],
  ["COPY p FROM STDIN (DELIMITER 'ab')", 'none'],
  ['COPYING p FROM STDIN', 'none'],
  ['SELECT 1', 'none'],
  ['COPY', 'none'],
  ['COPY (', 'none'],
  ['COPY p (a', 'none'],
  ["COPY p FROM STDIN (DELIMITER '", 'none'],
  ['/*', 'none'],
  [`COPY p (${'a, '.repeat(4000)}b) FROM STDIN`, 'none'],
]

describe('the form of a COPY, by its statement', () => {
  for (const [sql, form] of cases) {
    it(sql.slice(0, 100), () => {
      const bytes = Buffer.from(`;${sql};`)
      assert.equal(shown(copyForm(bytes, 1, bytes.length - 1)), form)
    })
  }
})

const tables: [sql: string, data: string, field: string][] = [
  ['COPY p (a, b) FROM STDIN', 'say "\t¤', 'b'],
  ['COPY p FROM STDIN', 'say "\t¤', 'column 2'],
  ['COPY p (a, b) FROM STDIN CSV', '"x,\ny",¤', 'b'],
  ["COPY p (a, b) FROM STDIN CSV QUOTE ''''", '"x,¤', 'b'],
  ["COPY p (a, b, c) FROM STDIN CSV ESCAPE '\\'", '"x\\",\\\\","y,",¤', 'c'],
  ['COPY p FROM STDIN CSV HEADER', 'Mrs,Jane Roe\n¤', 'Mrs'],
]

describe('a table of known form', () => {
  for (const [sql, data, field] of tables) {
    it(`${sql}: ${JSON.stringify(data)}`, () => {
      const statement = Buffer.from(sql)
      const form = copyForm(statement, 0, statement.length)
      assert.ok(form)
      const bytes = Buffer.from(data, 'latin1')
      const end = bytes.indexOf(0xa4)
      for (let cut = 0; cut <= end; cut++) {
        const tracker = new TableTracker(0)
        tracker.begin(form.table)
        tracker.read(bytes, 0, cut)
        tracker.read(bytes, cut, end)
        assert.equal(tracker.field(), field)
      }
    })
  }
})
