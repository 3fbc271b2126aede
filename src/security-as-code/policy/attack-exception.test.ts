import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from './read-policy.ts'

const exception = (spec: string) =>
  readPolicy([
    {
      name: 'p.yaml',
      text: `apiVersion: pavise.dev/v1\nkind: AttackException\nmetadata: {name: search}\nspec: {owner: shop team, ${spec}}\n`,
    },
  ])

test('an AttackException says which rules are none, where, who answers for it and until when', () => {
  const { definition, problems } = exception(
    'rules: [sql.*, seclang.942100], path: /search*, parameter: q, groups: [nv.shop.default], until: "2999-02-28"',
  )
  assert.deepEqual(problems, [])
  assert.deepEqual(definition.attackExceptions, [
    {
      ...{ name: 'search', owner: 'shop team', rules: ['sql.*', 'seclang.942100'] },
      ...{ path: '/search*', parameter: 'q', groups: ['nv.shop.default'], until: '2999-02-28' },
    },
  ])
})

test('what an AttackException lacks or does not know is told', () => {
  for (const [spec, problem] of [
    ['rules: [sql.*]', /until/],
    ['rules: [], until: "2999-02-28"', /rules/],
    ['rules: [sql.*], until: "2027-02-30"', /"2027-02-30" is no day/],
    ['rules: [sql.*], until: "2020-02-28"', /its last day is over/],
    ['rules: [sql.nothing], until: "2999-02-28"', /there is no rule "sql.nothing"/],
    ['rules: [sql.*], groups: [nobody], until: "2999-02-28"', /there is no group "nobody"/],
    ['rules: [sql.*], place: nowhere, until: "2999-02-28"', /place/],
  ] as const)
    assert.match(
      exception(spec)
        .problems.map((each) => each.problem)
        .join(),
      problem,
      spec,
    )
})
