import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toldApplications } from '../policy/rules/applications.ts'
import { builtInProtocols } from './protocols.ts'

test('rules count on telling just those applications that there are protocols for', () => {
  const names = new Set(
    builtInProtocols.flatMap(({ application, otherApplications = [] }) => [
      application,
      ...otherApplications,
    ]),
  )
  assert.deepEqual([...names].toSorted(), [...toldApplications].toSorted())
})
