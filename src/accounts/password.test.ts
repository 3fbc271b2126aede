import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { accountLimits } from './limits.ts'
import { checkPasswordStrength, hashPassword, verifyPassword } from './password.ts'

/** For what is not about how long it takes. */
const cheap = { memory: 64, passes: 1, parallelism: 1, tagLength: 32 }

suite('passwords', () => {
  test('are kept as argon2id with a salt of their own', async () => {
    const one = await hashPassword('the same')
    assert.match(one, /^\$argon2id\$v=19\$m=65536,t=3,p=4\$[\w+/]{22}\$[\w+/]{43}$/)
    assert.ok(await verifyPassword('the same', one))
    assert.ok(!(await verifyPassword('the Same', one)))
    assert.notEqual(await hashPassword('the same', cheap), await hashPassword('the same', cheap))
  })

  test('of other parameters, as another version may have chosen, are verified by those', async () => {
    // argon2 command line, reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -e
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    assert.ok(await verifyPassword('password', hash))
    assert.ok(!(await verifyPassword('Password', hash)))
  })

  test('that are typed as other code points of the same characters are the same', async () => {
    assert.ok(await verifyPassword('cafe\u0301 au lait', await hashPassword('café au lait', cheap)))
  })

  test('of nobody take as long, and are never right', async () => {
    assert.equal(await verifyPassword('', null), false)
    assert.equal(await verifyPassword('', 'not a hash'), false)
    assert.equal(await verifyPassword('x', '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aaaa'), false)
  })

  test('are hashed a few at a time; more than may wait are refused', async () => {
    const most = accountLimits.hashing + accountLimits.hashingWaits
    const quick = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    const results = await Promise.allSettled(
      Array.from({ length: most + 3 }, () => verifyPassword('x', quick)),
    )
    const refused = results.filter((result) => result.status === 'rejected')
    assert.deepEqual(
      refused.map(({ reason }) => (reason as { code: string }).code),
      Array.from({ length: 3 }, () => 'LOGIN_BUSY'),
    )
  })

  test('are refused with what is wrong with them', () => {
    const rows: [password: string, why: RegExp | null][] = [
      ['fourteen chars', /fewer than 15/],
      ['fifteen chars ok', null],
      ['aaaaaaaaaaaaaaaaaaaa', /few different/],
      ['annaannaannaann', /few different/],
      ['administrator-administrator', /name of the account/],
      ['x'.repeat(257), /more than 256/],
      ['ключ от всех дверей', null],
    ]
    for (const [password, why] of rows) {
      const check = () => checkPasswordStrength(password, 'administrator')
      if (why) assert.throws(check, { code: 'PASSWORD_WEAK', message: why }, password)
      else check()
    }
  })
})
