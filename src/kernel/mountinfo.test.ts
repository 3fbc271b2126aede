import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { type Mount, overlayFolders, parseMountinfo } from './mountinfo.ts'

const lines = `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
37 36 0:40 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b,upperdir=/u,workdir=/w
38 37 0:41 / /with\\040space rw shared:2 propagate_from:3 - tmpfs tmpfs rw
what is no line`

test('mounts are read as proc tells of them', () => {
  const [disk, root, space, ...more] = parseMountinfo(lines)
  assert.deepEqual(disk, {
    ...{ id: 36, device: '98:0', root: '/mnt1', point: '/mnt2' },
    ...{ type: 'ext3', options: 'rw,errors=continue' },
  })
  assert.deepEqual([root.type, root.point], ['overlay', '/'])
  assert.equal(space.point, '/with space')
  assert.equal(more.length, 0)
})

const overlay = (options: string, type = 'overlay'): Mount => ({
  ...{ id: 1, device: '0:1', root: '/', point: '/' },
  ...{ type, options },
})

test('the folders of an overlay, in each form that kernels write', () => {
  const cases: [options: string, lower: string[], upper: string | undefined][] = [
    ['rw,lowerdir=/a:/b,upperdir=/u,workdir=/w', ['/a', '/b'], '/u'],
    ['ro,lowerdir=/a', ['/a'], undefined],
    ['rw,lowerdir=l/A:l/B,upperdir=id/diff,workdir=id/work', ['l/A', 'l/B'], 'id/diff'],
    ['rw,lowerdir+=/a,lowerdir+=/b,datadir+=/c,upperdir=/u', ['/a', '/b', '/c'], '/u'],
    ['rw,lowerdir=/a\\134:x:/b\\134,y,upperdir=/u', ['/a:x', '/b,y'], '/u'],
  ]
  for (const [options, lower, upper] of cases)
    assert.deepEqual(overlayFolders(overlay(options)), { lower, upper })
  assert.equal(overlayFolders(overlay('rw', 'ext4')), undefined)
})

test('whatever stands there, nothing is thrown', () => {
  const text = fc.string({ unit: fc.constantFrom(...' :/,=\\-+0147alowerdir\n') })
  fc.assert(
    fc.property(text, (each) => {
      parseMountinfo(each)
      overlayFolders(overlay(each))
    }),
    { numRuns: fuzzRuns },
  )
})
