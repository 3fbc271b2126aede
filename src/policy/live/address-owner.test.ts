import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownerOf } from './address-owner.ts'
import { sampleWorkload } from '../../../test/records.ts'

const labels = { 'io.kubernetes.pod.name': 'web-0' }
const on = (node: string, name: string, change: object = {}) => ({
  node,
  workload: sampleWorkload({ id: `docker:${name}`, name, netns: 7, ...change }),
})

test('an address means who has it on the node where it was seen, else a pod, else nobody', () => {
  const here = on('a', 'here')
  const there = on('b', 'there')
  const pod = on('b', 'pod', { labels })
  const rows: [what: string, all: (typeof here)[], node: string | undefined, name: string | undefined][] = [
    ['nobody has it', [], 'a', undefined],
    ['of two machines the one where it was seen', [here, there], 'a', 'here'],
    ['a container of another machine', [there], 'a', undefined],
    ['a pod of another machine', [pod], 'a', 'pod'],
    ['its own before a pod of another', [pod, here], 'a', 'here'],
    ['of one network number on two machines nobody can tell', [here, there], undefined, undefined],
    ['of two networks on one machine nobody can tell', [here, on('a', 'x', { netns: 8 })], 'a', undefined],
    [
      'of one network who ran first',
      [
        on('a', 'late', { startedAt: '2026-11-20T10:00:00Z' }),
        on('a', 'first', { startedAt: '2026-11-20T09:59:59.5Z' }),
      ],
      'a',
      'first',
    ],
  ]
  for (const [what, all, node, name] of rows) assert.equal(ownerOf(all, node)?.workload.name, name, what)
})
