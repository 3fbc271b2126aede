import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FieldPath } from './field-path.ts'
import { limits } from './limits.ts'

function name(path: FieldPath, text: string): void {
  const bytes = Buffer.from(text)
  path.beginName()
  path.appendToName(bytes, 0, bytes.length)
  path.endName()
}

describe('path of a field', () => {
  it('is made of the names of maps, and of lists without their indexes', () => {
    const path = new FieldPath()
    assert.equal(path.text(), '$')
    path.enter(false)
    assert.equal(path.text(), '$')
    name(path, 'customer')
    path.enter(true)
    path.enter(false)
    name(path, 'iban')
    assert.equal(path.text(), '$.customer[].iban')
    path.beginName()
    assert.equal(path.text(), '$.customer[]')
    path.leave()
    path.leave()
    assert.equal(path.text(), '$.customer')
    name(path, 'other')
    assert.equal(path.text(), '$.other')
  })

  it('hides names that are values, each time', () => {
    const path = new FieldPath()
    path.enter(false)
    for (const text of ['jane@example.org', 'Anna Meier', '4711', 'jane@example.org']) {
      name(path, text)
      assert.equal(path.text(), '$.*')
    }
  })

  it('is right beyond the levels that are kept, and behind them', () => {
    const path = new FieldPath()
    for (let depth = 0; depth < limits.depth + 3; depth++) {
      path.enter(false)
      name(path, 'a')
    }
    assert.equal(path.text(), `$${'.a'.repeat(limits.depth)}…`)
    for (let depth = 0; depth < limits.depth + 1; depth++) path.leave()
    assert.equal(path.text(), '$.a.a')
    for (let depth = 0; depth < 9; depth++) path.leave()
    assert.equal(path.depth, 0)
  })

  it('is right however many others there were', () => {
    const open = new FieldPath()
    open.enter(false)
    name(open, 'early')
    const path = new FieldPath()
    path.enter(false)
    for (let i = 0; i < 3 * limits.knownPaths; i++) {
      const text = `key_${'abcdefghij'[i % 10]}${'abcdefghij'[Math.floor(i / 10) % 10]}${'_x'.repeat(i / 100)}`
      name(path, text)
      assert.equal(path.text(), `$.${text.slice(0, limits.nameBytes)}`)
    }
    open.enter(false)
    name(open, 'late')
    assert.equal(open.text(), '$.early.late')
  })
})
