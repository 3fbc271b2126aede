import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: Record<string, readonly string[]> = {
  'sql.tautology': [
    "nobody' or 7=7 --",
    "x' OR 'k'='k",
    '12 or 3=3',
    "9) or ('p' like 'p",
    'v" and 4=5 and "a"="a',
    '7 and (case when 2>1 then 1 else 0 end)',
    '5,(case when 6=6 then 1 else null end)',
    '3 or not 4<>4',
    "y' or 5 between 1 and 9 --",
    "z' || 3=3 -- ",
    '8 and/**/6=6',
    '8/*!50000or*/6=6',
    '1 || 5=5',
  ],
  'sql.union': [
    "1' union select 1,2,3 -- ",
    '-4 UNION ALL SELECT null, null#',
    "a') union distinct select name, pass from members --",
    '1 union(select(1),2)',
    "'/**/uNiOn/**/sElEcT/**/1",
    '2e0union select 5',
    'union all select 1,2',
  ],
  'sql.stacked': [
    '1; drop table invoices',
    "x'; insert into log values (1) --",
    '4;select pg_sleep(3)',
    "';shutdown --",
    '1;declare @q varchar(9)',
    "2'; update staff set pay=1 where id=2; --",
  ],
  'sql.probe': [
    "q' and ascii(substr((select database()),1,1)) > 64 --",
    '1 and length(version())=6',
    '1 or exists(select 1) = 1',
  ],
  'sql.timing': [
    "1' and sleep(4) --",
    'sleep(4)',
    "1'; waitfor delay '0:0:4' --",
    '1 waitfor delay "0:0:4"',
    "x'||pg_sleep(4)||'",
    '(select(0)from(select(sleep(4)))v)',
    "1 and 1=benchmark(9000000,md5('a'))",
  ],
  'sql.error': [
    "1' and extractvalue(1,concat(0x5c,version())) --",
    '1 and updatexml(1,concat(0x7e,user()),1)',
  ],
  'sql.file': [
    "1' union select 1 into outfile '/var/www/x.php' --",
    "1 and load_file('/etc/hosts') is not null",
    "1';select pg_read_file('/etc/hosts',0,9) --",
  ],
  'sql.command': ["1';exec master..xp_cmdshell 'dir' --", "1; exec xp_cmdshell('dir')"],
  'sql.truncation': ["admin' --", "admin'#", "admin'/*", "admin') -- x", '5) --'],
  'sql.columns': ['1 order by 9', "a' order by 3 --"],
  'sql.condition': ["x' and email is null --", "x' or username like '%a", "x' or staff_id > 3 --"],
  'sql.bare-condition': ["x' or 1 --", "' or true#", '7 or 1 -- '],
  'sql.concatenation': ["a'||'b", "'='", "'+'"],
  'sql.subquery': ['(select count(*) from staff)', '1-(select 3)', "'||(select 4 from dual)||'"],
  'sql.statement': [
    'select * from staff',
    'insert into staff (a) values (3)',
    'select@@version',
    'delete from staff where id = 4',
  ],
}

for (const [rule, values] of Object.entries(attacks))
  test(`${rule} is told, and makes an attack of a value alone`, () => {
    for (const value of values) {
      assert.ok(rulesOf(value).includes(rule), `${value}: ${rulesOf(value).join(' ')}`)
      assert.ok(isAttack(value), value)
    }
  })

test('talk about SQL, names, notes and code are no attack', () => {
  for (const value of [
    "O'Brien",
    "it's 5 o'clock",
    "rock 'n' roll -- and more",
    'Select a country from the list',
    'Please update the set of rules and delete from your list what you do not need',
    'The union selects its committee; select a chair first',
    'union was a great choice and select people joined',
    'drop table lamps off at the desk',
    "Use 'a' or 'b', but never both",
    "I'd order by phone; insert into the slot",
    'call me (now) or execute the plan (later)',
    'We have 3 or 4 tables and 1 = 1 is a fact about them, as the union says',
    'In the where clause, a condition like id = 5 and name = x is slow',
    'SELECT is a keyword; so are INSERT and UPDATE',
    "In SQL a string is quoted ('like this'), and '' is an empty one",
    'He said "or" and not "and"; she said nothing',
    '(555) 123-4567 or 555-9999',
    'salt & pepper; bread | butter',
    'a=1&b=2',
    'x > 3 and y < 5',
    'C# or F#, whichever you like',
    '"first","second"',
    "'first','second'",
    '{"id":7,"name":"or 1"}',
    'if (a == b) { return c || d; }',
    'do not sleep (5 hours is too little)',
    'price >= 10 or free',
    '1, 2 or 3',
    'project = SHOP AND status = "In Progress" ORDER BY created',
    '--',
    '#1',
    "'",
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
  ])
    assert.ok(!isAttack(value), `${value}: ${rulesOf(value).join(' ')}`)
})

test('what somebody writes about an injection is for those who want to see it', () => {
  const text = "The classic way in was to type ' or 1=1 -- into the form of the login page"
  assert.deepEqual([isAttack(text), rulesOf(text)], [false, ['sql.talk']])
})
