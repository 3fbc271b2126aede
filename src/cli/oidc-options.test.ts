import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { addOidcOptions, oidcChoice, type OidcFlags } from './oidc-options.ts'

function parse(...args: string[]) {
  const command = addOidcOptions(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  return oidcChoice(command.parse(args, { from: 'user' }).opts<OidcFlags>())
}

test('a provider is taken with its secret from a file and a role for each value', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-oidc-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secret')
  writeFileSync(file, 'a secret\n')
  const secret = ['--oidc-client-secret-file', file]
  const roles = ['--oidc-role', 'a=b=security', 'ops=reader']
  assert.deepEqual(parse('--oidc-issuer', 'https://id.example', ...secret, ...roles), {
    ...{ issuer: 'https://id.example', clientId: 'pavise', clientSecret: 'a secret', roleClaim: 'groups' },
    roles: new Map([
      ['a=b', 'security'],
      ['ops', 'reader'],
    ]),
  })
  assert.equal(parse(), null)
})

test('what would let nobody in is refused with what is missing', () => {
  assert.throws(() => parse('--oidc-issuer', 'https://id.example'), { code: 'OIDC_OPTIONS', exitCode: 2 })
  assert.throws(() => parse('--oidc-issuer', 'id.example'), { message: /is a URL/ })
  assert.throws(() => parse('--oidc-role', 'ops=king'), { message: /one of administrator/ })
})
