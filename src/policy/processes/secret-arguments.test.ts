import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskSecretArguments } from './secret-arguments.ts'

const cases: [given: string, expected: string][] = [
  ['node server.js --port 80', 'node server.js --port 80'],
  ['app --password=hunter2 -v', 'app --password=**** -v'],
  ['app --db-password hunter2 -v', 'app --db-password **** -v'],
  ['app --password --verbose', 'app --password --verbose'],
  ['env PGPASSWORD=hunter2 psql', 'env PGPASSWORD=**** psql'],
  ['app --api-key abc --token=def', 'app --api-key **** --token=****'],
  ['mysql -uroot -phunter2 shop', 'mysql -uroot -p**** shop'],
  ['mysql -p shop', 'mysql -p shop'],
  ['redis-cli -a hunter2 ping', 'redis-cli -a **** ping'],
  ['curl -u anna:hunter2 http://x/', 'curl -u **** http://x/'],
  ['ls -p -a -u', 'ls -p -a -u'],
  ['psql postgres://app:hunter2@db/x', 'psql postgres://app:****@db/x'],
  ['git clone https://bot:hunter2@example.org/r.git', 'git clone https://bot:****@example.org/r.git'],
]

test('secrets that their name or place tells of are masked', () => {
  for (const [given, expected] of cases) {
    const [name, ...rest] = given.split(' ')
    assert.equal(maskSecretArguments(name, [name, ...rest]).join(' '), expected)
  }
})

test('secrets within one argument are masked', () => {
  const masked = (argument: string) => maskSecretArguments('sh', ['sh', '-c', argument])[2]
  assert.equal(masked('export TOKEN=abc; run'), 'export TOKEN=****; run')
  assert.equal(masked('{"password": "hunter2", "user": "anna"}'), '{"password": "****", "user": "anna"}')
  assert.equal(masked('Authorization: Bearer abc.def'), 'Authorization: Bearer ****')
  assert.equal(masked('echo hello'), 'echo hello')
})

test('the longest arguments that are read are masked at once', () => {
  const began = performance.now()
  for (const piece of ['a', '-', 'a=', 'token', 'token=', ' ', 'a:', 'http://', '://a:'])
    maskSecretArguments('sh', ['sh', ...Array.from({ length: 63 }, () => piece.repeat(512).slice(0, 512))])
  assert.ok(performance.now() - began < 500)
})
