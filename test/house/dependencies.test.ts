import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import consoleJson from '../../console/package.json' with { type: 'json' }
import packageJson from '../../package.json' with { type: 'json' }
import { readLockfile } from '../../scripts/set-up/lockfile.mjs'

test('every dependency stands in docs/dependencies.md with the version that is locked', () => {
  const page = readFileSync(new URL('../../docs/dependencies.md', import.meta.url), 'utf8')
  const lines = page.split('\n')
  const { dependencies, devDependencies, optionalDependencies } = packageJson
  const locked = readLockfile('package-lock.json')
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...consoleJson.devDependencies }
  for (const name of Object.keys(all)) {
    const { version } = locked[`node_modules/${name}`]
    const isNamed = lines.some((line) => line.includes(name) && line.includes(`${version}`))
    assert.ok(isNamed, `${name} ${version}: its reason is missing, or the version is an older one`)
  }
})
