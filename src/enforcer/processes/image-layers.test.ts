import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { FileStatus } from '../../kernel/file-status.ts'
import type { Mount } from '../../kernel/mountinfo.ts'
import { imageLayers, originOf } from './image-layers.ts'

const root = (options: string, type = 'overlay'): Mount => ({
  ...{ id: 7, device: '0:40', root: '/', point: '/' },
  ...{ type, options },
})

function statusOf(change: Partial<FileStatus>): FileStatus {
  return Object.assign(new FileStatus(), { mountId: 7, device: '0:40' }, change)
}

test('folders that are relative begin where the engine mounted the container', () => {
  const node: Mount = { ...root(''), id: 3, point: '/var/lib/docker/overlay2/abc/merged' }
  const given = root('rw,lowerdir=l/A:l/B,upperdir=abc/diff,workdir=abc/work')
  assert.deepEqual(imageLayers(given, [node], 0), {
    ...{ kind: 'overlay', mount: 7, device: '0:40' },
    lower: ['/var/lib/docker/overlay2/l/A', '/var/lib/docker/overlay2/l/B'],
    upper: '/var/lib/docker/overlay2/abc/diff',
  })
  assert.equal(imageLayers(given, [], 5_000).kind, 'plain')
})

test('where a program came from is told by the layers that have it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const layer of ['lower/bin', 'upper/bin']) mkdirSync(join(folder, layer), { recursive: true })
  for (const file of ['lower/bin/old', 'lower/bin/both', 'upper/bin/both', 'upper/bin/new'])
    writeFileSync(join(folder, file), '')
  const image = imageLayers(root(`rw,lowerdir=${folder}/lower,upperdir=${folder}/upper`), [], 0)
  const of = (path: string, change: Partial<FileStatus> = {}) => originOf(image, path, statusOf(change))
  assert.equal(of('/bin/old'), 'image')
  assert.equal(of('/bin/both'), 'changed')
  assert.equal(of('/bin/new'), 'added')
  assert.equal(of('/bin/nowhere'), 'added')
  assert.equal(of('/bin/old', { mountId: 8, device: '8:1' }), 'added')
  assert.equal(of('/memfd:x (deleted)', { mountId: 1, device: '0:1' }), 'memory')
})

test('without layers what changed since the container began is not the image’s', () => {
  const image = imageLayers(root('rw', 'ext4'), [], 5_500)
  assert.equal(originOf(image, '/bin/a', statusOf({ changedSeconds: 5 })), 'image')
  assert.equal(originOf(image, '/bin/a', statusOf({ changedSeconds: 6 })), 'added')
})
