import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { readLockfile } from '../../scripts/set-up/lockfile.mjs'

test('every dependency stands in docs/dependencies.md with the version that is locked', () => {
  const lines = readFileSync(new URL('../../docs/dependencies.md', import.meta.url), 'utf8').split('\n')
  const { dependencies, devDependencies, optionalDependencies } = packageJson
  const locked = readLockfile('package-lock.json')
  for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    const line = text.split('\n').find((each) => each.includes(name))
    const { version } = locked[`node_modules/${name}`]
    assert.ok(
      line?.includes(`${version}`),
      `${name} ${version}: its reason is missing, or the version is an older one`,
    )
  }
})
