import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from '../fixtures.ts'

test('what only an injection leaves behind in a statement is told', () => {
  for (const [statement, rule] of [
    ["select * from t where name = 'x' or 3=3 --'", 'sql.statement-tautology'],
    ["select id from t where name = '' or 'a'='a' and pin = ''", 'sql.statement-tautology'],
    ['delete from t where id = 4 or 1', 'sql.statement-tautology'],
    ["select a from t where n = 'admin' -- ' and pin = 'x'", 'sql.statement-leftover'],
    ['select a, b from t where id = -1 union select null, null', 'sql.statement-union'],
    ['select a from t union all select version()', 'sql.statement-union'],
    [
      'select a from t where id = 1 union select table_name from information_schema.tables',
      'sql.statement-union',
    ],
    ["copy t from program 'id'", 'sql.statement-command'],
    ["select pg_read_file('/etc/hosts')", 'sql.statement-command'],
    ["exec master..xp_cmdshell 'dir'", 'sql.statement-command'],
    ["select 1 into outfile '/tmp/x'", 'sql.statement-command'],
    ['select a from t where id = 1 and pg_sleep(9) is null', 'sql.statement-waiting'],
  ] as const) {
    assert.ok(
      rulesOf(statement, 'sql').includes(rule),
      `${statement}: ${rulesOf(statement, 'sql').join(' ')}`,
    )
    assert.ok(isAttack(statement, 'sql'), statement)
  }
})

test('statements that applications and their frameworks write are none', () => {
  for (const statement of [
    'SELECT * FROM orders WHERE 1=1 AND status = $1 AND created > $2 ORDER BY id LIMIT 50 OFFSET 10',
    "INSERT INTO notes (text) VALUES ('x'' or 1=1 -- union select null')",
    'select a from t where x = 1 or y = 2',
    "select a from t where (x = 'a' or x = 'b') and not deleted",
    'select a from t union all select b from s',
    'BEGIN; UPDATE t SET a = 1 WHERE id = 2; COMMIT;',
    'SELECT table_name FROM information_schema.tables WHERE table_schema = $1',
    'select a -- the name\nfrom t',
    'select a from t /* or 1=1 */',
    "select current_setting('server_version_num'), version()",
    'select case when a = 1 or b = 2 then 3 end from t',
    'set search_path to public; select 1',
    '',
  ])
    assert.ok(!isAttack(statement, 'sql'), `${statement}: ${rulesOf(statement, 'sql').join(' ')}`)
})
