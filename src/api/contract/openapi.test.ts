import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import packageJson from '../../../package.json' with { type: 'json' }
import { openApiDocument, openApiText } from './openapi.ts'

test('the committed description is the one of the code', () => {
  const committed = readFileSync(new URL('../../../docs/reference/openapi.json', import.meta.url), 'utf8')
  assert.ok(committed === openApiText(packageJson.version), 'run: node scripts/openapi.ts')
})

test('every reference leads somewhere, and what is referred to is not repeated', () => {
  const document = openApiDocument('1') as { components: { schemas: Record<string, unknown> } }
  const names = new Set(Object.keys(document.components.schemas))
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  assert.deepEqual(new Set(references.map(([, name]) => name)).difference(names), new Set())
  assert.deepEqual(
    [
      'Flow',
      'Finding',
      'Coverage',
      'Process',
      'File',
      'Workload',
      'Status',
      'Enforcer',
      'Problem',
      'Health',
    ].filter((name) => !references.some(([, referred]) => referred === name)),
    [],
  )
})
