import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type KernelFeature, probeKernel } from '../../src/kernel/probe.ts'
import { needsRoot } from '../support/network-lab.ts'

const options = { skip: needsRoot }
const descriptors = () => readdirSync('/proc/self/fd').length

test('what watching containers takes is found, and nothing is left of the search', options, () => {
  const [before, own] = [descriptors(), readlinkSync('/proc/self/ns/net')]
  const features = probeKernel()
  assert.equal(descriptors(), before)
  assert.equal(readlinkSync('/proc/self/ns/net'), own)
  for (const { name, isNeeded, available, detail, without } of features) {
    assert.ok(available || !isNeeded, `${name}: ${detail}`)
    assert.ok(detail.length > 0 && without.length > 0)
  }
})

test('without privilege what may not be tried is told from what is missing', options, () => {
  const module = fileURLToPath(new URL('../../src/kernel/probe.ts', import.meta.url))
  const script = `
    const { probeKernel } = await import('${module}')
    process.seteuid(65534)
    console.log(JSON.stringify(probeKernel()))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const features = JSON.parse(stdout) as KernelFeature[]
  for (const name of ['network namespaces', 'packet rings', 'packet fanout']) {
    const feature = features.find((each) => each.name === name)
    assert.equal(feature?.available, false)
    assert.equal(feature.reason, 'not-permitted')
  }
  assert.equal(features.find(({ name }) => name === 'polling')?.available, true)
})
