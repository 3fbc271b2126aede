import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { checkSignature, readCheckpoint } from '../../console/src/screens/evidence/checkpoint.ts'
import {
  commitment,
  hex,
  leafHash,
  walkConsistency,
  walkInclusion,
} from '../../console/src/screens/evidence/merkle.ts'
import { commitmentOf } from '../../src/evidence/entry.ts'
import { emptyRoot, leafHash as serverLeaf, nodeHash } from '../../src/evidence/merkle/hashing.ts'
import { consistencyRanges, inclusionRanges, type LeafRange } from '../../src/evidence/merkle/proofs.ts'
import { checkpointText, signNote, type Signer, verifierLine } from '../../src/evidence/signed-note.ts'

/* What the browser computes, held against what the ledger proves. */

const headers = Array.from({ length: 13 }, (_, i) => JSON.stringify({ index: i, actor: 'é' }))
const leaves = headers.map((header) => serverLeaf(Buffer.from(header)))

/** RFC 9162 section 2.1.1, as it stands there. */
function treeHash(from: number, to: number): Buffer {
  if (to - from === 0) return emptyRoot
  if (to - from === 1) return leaves[from]
  const middle = from + 2 ** Math.ceil(Math.log2(to - from) - 1)
  return nodeHash(treeHash(from, middle), treeHash(middle, to))
}

const hashesOf = (ranges: readonly LeafRange[]) => ranges.map(([from, to]) => treeHash(from, to))
const head = (size: number) => ({ size, root: treeHash(0, size) })

suite('a proof in the browser', () => {
  test('of any entry of any tree leads to its root, and with anything changed does not', async () => {
    for (let size = 1; size <= headers.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = hashesOf(inclusionRanges(index, size))
        const leaf = await leafHash(headers[index])
        const root = hex(treeHash(0, size))
        const walk = await walkInclusion(leaf, { index, size }, proof)
        assert.ok(walk.isWhole && walk.root === root, `${index} of ${size}`)
        const other = await walkInclusion(await leafHash(`${headers[index]} `), { index, size }, proof)
        assert.notEqual(other.root, root)
        const longer = await walkInclusion(leaf, { index, size }, [...proof, leaves[0]])
        assert.equal(longer.isWhole, false)
        if (size === 1) continue
        const shorter = await walkInclusion(leaf, { index, size }, proof.slice(0, -1))
        assert.ok(!shorter.isWhole || shorter.root !== root)
      }
    }
  })

  test('of any two sizes leads to both roots, and to another than a tree that was changed', async () => {
    for (let second = 1; second <= headers.length; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = hashesOf(consistencyRanges(first, second))
        const { before, after } = await walkConsistency(head(first), head(second), proof)
        const place = `${first} to ${second}`
        assert.ok(before.isWhole && after.isWhole, place)
        assert.deepEqual(
          [before.root, after.root],
          [head(first), head(second)].map(({ root }) => hex(root)),
          place,
        )
        const changed = { size: first, root: nodeHash(leaves[0], leaves[0]) }
        const other = await walkConsistency(changed, head(second), proof)
        const fits = other.before.root === hex(changed.root) && other.after.root === hex(head(second).root)
        assert.ok(!fits || !other.after.isWhole, place)
      }
    }
  })

  test('is of a head that the ledger signed, and of a body that it recorded', async () => {
    const { privateKey: secret, publicKey: key } = generateKeyPairSync('ed25519')
    const signer: Signer = { name: 'ledger.example', key, secret }
    const time = '2026-11-20T09:30:00.000Z'
    const note = signNote(checkpointText({ origin: signer.name, ...head(5), time }), signer)
    const read = readCheckpoint(note)
    assert.deepEqual(
      [read?.size, read?.time, hex(read?.root ?? new Uint8Array())],
      [5, time, hex(head(5).root)],
    )
    const line = verifierLine(signer)
    assert.equal(await checkSignature(note, line), 'valid')
    assert.equal(await checkSignature(note.replace('\n5\n', '\n6\n'), line), 'invalid')
    const other = { ...signer, key: generateKeyPairSync('ed25519').publicKey }
    assert.equal(await checkSignature(note, verifierLine(other)), 'other')
    assert.equal(readCheckpoint('none'), undefined)
    const salt = Buffer.alloc(32, 7)
    assert.equal(await commitment(salt, '{"a":"ü"}'), commitmentOf(salt, '{"a":"ü"}'))
  })
})
