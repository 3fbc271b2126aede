import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { signHandOver } from './hand-over.ts'
import { KeyChain } from './key-chain.ts'
import { checkpointText, type Signer, signNote } from './signed-note.ts'

const origin = 'pavise.dev/ledger/test'
const time = '2026-11-21T12:00:00.000Z'

function signer(name = origin): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { name, secret: privateKey, key: publicKey }
}

function head(size: number, by: Signer): string {
  return signNote(checkpointText({ origin, size, root: Buffer.alloc(32), time }), by)
}

suite('key chain', () => {
  const [first, second, third, stranger] = [signer(), signer(), signer(), signer()]
  const one = signHandOver({ origin, size: 10, from: first, to: second, time })
  const two = signHandOver({ origin, size: 20, from: second, to: third, time })

  test('leads from any of its keys to all others', () => {
    for (const known of [first, second, third]) assert.equal(KeyChain.of(known, [one, two])?.keys.length, 3)
    assert.equal(KeyChain.of(first, [])?.keys.length, 1)
  })

  test('a key signs only what was its own to sign', () => {
    const chain = KeyChain.of(first, [one, two]) as KeyChain
    const cases: [size: number, by: Signer, isRight: boolean][] = [
      [0, first, true],
      [10, first, true],
      [11, first, false],
      [9, second, false],
      [10, second, true],
      [20, third, true],
      [1_000_000, third, true],
      [1_000_000, second, false],
      [5, stranger, false],
    ]
    for (const [size, by, isRight] of cases) {
      assert.equal(chain.openHead(head(size, by))?.size, isRight ? size : undefined, `${size}`)
    }
  })

  test('is none where a hand-over is forged, out of order, or of another ledger', () => {
    const other = signer('pavise.dev/ledger/other')
    const forged = signNote(one.slice(0, one.indexOf('\n\n') + 1), second)
    const cases: [what: string, known: Signer, notes: string[]][] = [
      ['not those of the key', stranger, [one, two]],
      ['out of order', first, [two, one]],
      ['one left out', first, [one, signHandOver({ origin, size: 20, from: third, to: stranger, time })]],
      ['signed by the new key alone', first, [forged]],
      ['changed', first, [one.replace('hand-over 10', 'hand-over 11')]],
      ['back in size', first, [one, signHandOver({ origin, size: 9, from: second, to: third, time })]],
      ['of another ledger', first, [signHandOver({ origin, size: 10, from: first, to: other, time })]],
      ['no note', first, ['', 'nonsense\n\n']],
    ]
    for (const [what, known, notes] of cases) assert.equal(KeyChain.of(known, notes), undefined, what)
  })
})
