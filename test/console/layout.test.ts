import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOut } from '../../console/src/ui/map/layout.ts'

const graph = (names: string, ...lines: string[]) => ({
  nodes: [...names].map((name) => ({ id: name, name, place: 'clinic' })),
  edges: lines.map(([from, to]) => ({ from, to })),
})

test('a map goes from left to right, ends where there is a circle, and is the same each time', () => {
  const line = graph('abc', 'ab', 'bc')
  const places = layOut(line)
  const x = (name: string) => places.get(name)?.x ?? Number.NaN
  assert.ok(x('a') < x('b') && x('b') < x('c'))
  assert.deepEqual(layOut({ ...line, nodes: line.nodes.toReversed() }), places)
  const circle = layOut(graph('abc', 'ab', 'bc', 'ca'))
  assert.equal(new Set([...circle.values()].map(({ x, y }) => `${x} ${y}`)).size, 3, 'each has its place')
})
