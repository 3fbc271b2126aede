import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grant, Permission, Role } from '../model/permissions.ts'
import { type Caller, extentOf, localCaller, mayGrant, mayUse, nobody, permissionsOf } from './caller.ts'

const role = (role: Role, namespace: string | null = null): Grant => ({ role, namespace })

function caller(grants: Grant[], scope: Permission[] | null = null): Caller {
  return { kind: 'account', accountId: 'a', name: 'anna', grants, scope }
}

test('a permission holds where one of the roles has it', () => {
  assert.equal(extentOf(caller([role('reader')]), 'traffic:read'), 'everywhere')
  assert.equal(extentOf(caller([role('reader')]), 'policy:write'), null)
  const two = caller([role('reader', 'a'), role('security', 'b'), role('reader', 'a')])
  assert.deepEqual(extentOf(two, 'traffic:read'), { namespaces: ['a', 'b'] })
  assert.deepEqual(extentOf(two, 'policy:write'), { namespaces: ['b'] })
  assert.equal(extentOf(caller([role('reader', 'a'), role('reader')]), 'traffic:read'), 'everywhere')
  assert.equal(extentOf(caller([]), 'traffic:read'), null)
})

test('a token may do what is both in its scope and in its account’s roles', () => {
  const token = caller([role('reader')], ['traffic:read', 'policy:write'])
  assert.deepEqual(permissionsOf(token), ['traffic:read'])
  assert.deepEqual(permissionsOf(caller([role('reader')], [])), [])
})

test('in a namespace, only what is told of workloads may be asked', () => {
  const own = caller([role('administrator', 'a')])
  assert.deepEqual(permissionsOf(own), ['status:read', 'traffic:read'])
  assert.ok(mayUse(own, 'account'))
})

test('nobody may what anyone may', () => {
  assert.ok(mayUse(nobody, 'anyone'))
  assert.ok(!mayUse(nobody, 'account'))
  assert.deepEqual(permissionsOf(nobody), [])
})

test('roles are given by those who may all of it everywhere', () => {
  assert.ok(mayGrant(localCaller, [role('administrator'), role('reader', 'a')]))
  assert.ok(mayGrant(caller([role('security')]), [role('reader')]))
  assert.ok(!mayGrant(caller([role('security')]), [role('auditor')]))
  assert.ok(!mayGrant(caller([role('administrator', 'a')]), [role('reader', 'a')]))
  assert.ok(!mayGrant(caller([role('administrator')], ['accounts:manage']), [role('administrator')]))
})
