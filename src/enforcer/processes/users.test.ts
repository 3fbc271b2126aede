import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readUsers, userInside } from './users.ts'

test('users are told as the container counts and names them', () => {
  const users = readUsers(
    '         0       1000          1\n         1     100000      65536\n',
    'root:x:0:0::/:/bin/sh\napp:x:7:7\n::\n',
  )
  assert.equal(userInside(users, 1000), 0)
  assert.equal(userInside(users, 100_006), 7)
  assert.equal(userInside(users, 5), 65_534)
  assert.deepEqual(
    [...users.names],
    [
      [0, 'root'],
      [7, 'app'],
    ],
  )
})
