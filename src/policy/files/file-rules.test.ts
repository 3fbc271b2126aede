import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileRule, Mode } from '../definition.ts'
import { profileOf } from '../processes/profile.ts'
import { decideFile, matchesFilter } from './file-rules.ts'
import { predefinedFileRules } from './predefined.ts'

const filters: [filter: string, recursive: boolean, path: string, expected: boolean][] = [
  ['/etc/hosts', false, '/etc/hosts', true],
  ['/etc/hosts', false, '/etc/hosts.d', false],
  ['/etc/*.conf', false, '/etc/a.conf', true],
  ['/etc/*.conf', false, '/etc/x/a.conf', false],
  ['/etc/*.conf', true, '/etc/x/a.conf', true],
  ['/etc/*.conf', true, '/etc/x/a.txt', false],
  ['/app/export/*', false, '/app/export/a', true],
  ['/app/export/*', false, '/app/export/x/a', false],
  ['/app/export/*', true, '/app/export/x/y/a', true],
  ['/app/export/*', true, '/app/export', false],
  ['/app/export', true, '/app/export/x/a', true],
  ['/home/*/.ssh/*', true, '/home/anna/.ssh/id', true],
  ['/home/*/.ssh/*', true, '/home/anna/x/.ssh/id', false],
]

test('which paths a filter speaks of', () => {
  for (const [filter, recursive, path, expected] of filters)
    assert.equal(matchesFilter({ filter, recursive }, path), expected, `${filter} ${recursive} ${path}`)
})

function decided(mode: Mode, rule: Partial<FileRule>, use: 'open' | 'change', program = '/bin/cat') {
  const whole: FileRule = {
    filter: '/data/*',
    behavior: 'block_access',
    recursive: false,
    applications: [],
    ...rule,
  }
  const group = { name: 'nv.db', criteria: [], profile: { processes: [], files: [whole] } }
  return decideFile(profileOf([group], mode), use, ['/data/people'], program)?.effect
}

test('what a rule comes to', () => {
  assert.equal(decided('Protect', {}, 'open'), 'block')
  assert.equal(decided('Monitor', {}, 'open'), 'report')
  assert.equal(decided('Discover', {}, 'open'), 'report')
  assert.equal(decided('Protect', {}, 'change'), undefined)
  assert.equal(decided('Protect', { applications: ['/bin/cat'] }, 'open'), undefined)
  assert.equal(decided('Protect', { applications: ['/usr/*/postgres'] }, 'open'), 'block')
  assert.equal(decided('Protect', { applications: ['*'] }, 'open', ''), 'block')
  assert.equal(decided('Protect', { behavior: 'monitor_access' }, 'open'), 'report')
  assert.equal(decided('Protect', { behavior: 'monitor_change' }, 'change'), 'report')
})

test('the predefined rules hold behind others, in the words of a rule', () => {
  const profile = profileOf([], 'Protect')
  const of = (use: 'open' | 'change', path: string, program = '/bin/sh') =>
    decideFile({ ...profile, files: predefinedFileRules }, use, [path], program)?.rule.id
  assert.equal(of('change', '/etc/passwd'), 'predefined: monitor_change /etc/passwd')
  assert.equal(of('change', '/usr/local/bin/x/y'), 'predefined: monitor_change /usr/local/bin/*')
  assert.equal(of('open', '/etc/passwd'), undefined)
  assert.equal(
    of('open', '/var/lib/postgresql/data/base/1'),
    'predefined: monitor_access /var/lib/postgresql/*',
  )
  assert.equal(
    of('open', '/var/lib/postgresql/data/base/1', '/usr/lib/postgresql/15/bin/postgres'),
    undefined,
  )
})
