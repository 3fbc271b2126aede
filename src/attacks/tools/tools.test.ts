import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttackContext } from '../attack.ts'
import { headersOf, rulesOf } from '../fixtures.ts'
import { RequestScore } from '../request-score.ts'
import { webshellCommands } from './detector.ts'

const cases: readonly (readonly [
  value: string,
  context: AttackContext,
  field: string,
  rule: string | undefined,
])[] = [
  ['sqlmap/1.8#stable (https://sqlmap.org)', 'header', 'user-agent', 'scanner.tool'],
  ['Mozilla/5.00 (Nikto/2.5.0) (Evasions:None)', 'header', 'user-agent', 'scanner.tool'],
  ['python-requests/2.31', 'header', 'user-agent', 'scanner.library'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', 'header', 'user-agent', undefined],
  ['http://x.oastify.com/', 'query', 'url', 'scanner.callback'],
  ['/.git/HEAD', 'path', '', 'scanner.hidden-file'],
  ['/app/.env', 'path', '', 'scanner.hidden-file'],
  ['/actuator/heapdump', 'path', '', 'scanner.console'],
  ['/actuator/health', 'path', '', undefined],
  ['/dump.sql', 'path', '', 'scanner.backup'],
  ['/.well-known/security.txt', 'path', '', undefined],
  ['/uploads/c99.php', 'path', '', 'webshell.name'],
  ['@eval(base64_decode($_POST[z0]));', 'body', 'a', 'webshell.code'],
  ['uid=0(root) gid=0(root) groups=0(root)', 'body', '', 'webshell.output'],
]

test('tools, what they look for and what they leave are told by name', () => {
  for (const [value, context, field, rule] of cases) {
    const found = rulesOf(value, context, { field }).filter(
      (id) => id.startsWith('scanner.') || id.startsWith('webshell.'),
    )
    assert.deepEqual(found, rule === undefined ? [] : [rule], value)
  }
})

test('a command alone in a parameter that webshells take commands from is told', () => {
  const targets: readonly (readonly [target: string, isTold: boolean])[] = [
    ['/x.php?cmd=whoami', true],
    ['/x.php?a=b&exec=id&c=d', true],
    ['/x.php?question=whoami', false],
    ['/x.php?cmd=run', false],
    ['/x.php', false],
    ['/?', false],
  ]
  for (const [target, isTold] of targets) {
    const score = new RequestScore(1)
    webshellCommands.judge({ method: 'GET', target, headers: headersOf() }, score)
    assert.equal(score.isAttack, isTold, target)
  }
})
