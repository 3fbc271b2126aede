import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { emptyRoot, leafHash, nodeHash } from './hashing.ts'
import { consistencyRanges, inclusionRanges, isConsistent, isIncluded, type LeafRange } from './proofs.ts'
import { Frontier, rootOf, wholeSubtrees } from './subtrees.ts'

/** The eight leaves of Certificate Transparency's reference tests, and the roots of the trees of the first 1 to 8 of them. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** RFC 9162 section 2.1.1 as it is written. */
function hashOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return emptyRoot
  if (hashes.length === 1) return hashes[0]
  let middle = 1
  while (middle * 2 < hashes.length) middle *= 2
  return nodeHash(hashOf(hashes.slice(0, middle)), hashOf(hashes.slice(middle)))
}

const numbered = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))

const sizes = fc.integer({ min: 1, max: 200 })

suite('Merkle tree', () => {
  test('has the roots of the reference tests', () => {
    const frontier = new Frontier()
    assert.equal(frontier.root().toString('hex'), emptyRoot.toString('hex'))
    for (const [i, leaf] of leaves.entries()) {
      frontier.push(0, leafHash(Buffer.from(leaf, 'hex')))
      assert.equal(frontier.root().toString('hex'), roots[i])
    }
  })

  test('is made of the whole subtrees of any two parts', () => {
    const property = fc.property(sizes, fc.nat(), (size, cut) => {
      const hashes = numbered(size)
      const middle = cut % (size + 1)
      const frontier = new Frontier()
      for (const { level, index } of [...wholeSubtrees(0, middle), ...wholeSubtrees(middle, size)]) {
        frontier.push(level, hashOf(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)))
      }
      assert.ok(frontier.root().equals(hashOf(hashes)))
    })
    fc.assert(property, { numRuns: fuzzRuns })
  })

  test('a leaf that is in it is proved, and no other in its place', () => {
    const property = fc.property(sizes, fc.nat(), fc.nat(), (size, choice, other) => {
      const hashes = numbered(size)
      const index = choice % size
      const proof = inclusionRanges(index, size).map(([from, to]) => hashOf(hashes.slice(from, to)))
      const root = hashOf(hashes)
      assert.ok(isIncluded(hashes[index], { index, size }, proof, root))
      const another = other % size
      if (another !== index) {
        assert.ok(!isIncluded(hashes[another], { index, size }, proof, root))
        assert.ok(!isIncluded(hashes[index], { index: another, size }, proof, root))
      }
      assert.ok(!isIncluded(hashes[index], { index, size }, [...proof, emptyRoot], root))
      assert.ok(!isIncluded(hashes[index], { index: size, size }, proof, root))
    })
    fc.assert(property, { numRuns: fuzzRuns })
  })

  test('a tree that only grew is proved, and one that changed is not', () => {
    const property = fc.property(sizes, sizes, fc.nat(), (a, b, change) => {
      const [first, second] = a < b ? [a, b] : [b, a]
      const hashes = numbered(second)
      const head = (size: number) => ({ size, root: hashOf(hashes.slice(0, size)) })
      const proof = consistencyRanges(first, second).map((range: LeafRange) => hashOf(hashes.slice(...range)))
      assert.ok(isConsistent(head(first), head(second), proof))
      const changed = numbered(second).with(change % first, leafHash(Buffer.from('another')))
      const other = { size: first, root: hashOf(changed.slice(0, first)) }
      assert.ok(!isConsistent(other, head(second), proof))
      if (proof.length > 0) assert.ok(!isConsistent(head(first), head(second), proof.slice(1)))
    })
    fc.assert(property, { numRuns: fuzzRuns })
  })

  test('of nothing everything grew', () => {
    const hashes = numbered(3)
    assert.ok(isConsistent({ size: 0, root: emptyRoot }, { size: 3, root: rootOf([hashOf(hashes)]) }, []))
  })
})
