import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from './read-policy.ts'

const text = (spec: string) =>
  `apiVersion: pavise.dev/v1\nkind: FileAccess\nmetadata: {name: exports}\nspec: ${spec}\n`
const read = (spec: string) => readPolicy([{ name: 'p.yaml', text: text(spec) }])

test('a FileAccess says which programs may open files in which personal data lies', () => {
  const { definition, problems } = read(
    '{groups: [nv.shop.clinic], paths: [/export/*], applications: [/bin/node], action: block, categories: [health]}',
  )
  assert.deepEqual(problems, [])
  const [{ name, profile }] = definition.groups
  assert.equal(name, 'nv.shop.clinic')
  assert.deepEqual(profile?.files, [
    {
      ...{ filter: '/export/*', recursive: true, applications: ['/bin/node'], behavior: 'block_access' },
      ...{ categories: ['health'], source: profile?.files[0].source },
    },
  ])
  const reported = read('{groups: [nv.shop.clinic], paths: [/data/*], action: report}')
  assert.equal(reported.definition.groups[0].profile?.files[0].behavior, 'monitor_access')
})

test('a FileAccess that cannot be is told of', () => {
  const told = (spec: string) => read(spec).problems.map(({ problem }) => problem)
  assert.deepEqual(told('{groups: [nowhere], paths: [/data/*], action: report}'), [
    'there is no group "nowhere" with criteria',
  ])
  assert.deepEqual(told('{groups: [nv.a.b], paths: [data], action: report}'), [
    'it is no path that can be watched',
  ])
  assert.match(told('{groups: [nv.a.b], paths: [/data], action: stop}').join(), /action/)
})
