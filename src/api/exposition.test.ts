import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exposition } from './exposition.ts'

test('metrics are in the text format of Prometheus, whatever stands in a label', () => {
  const text = exposition([
    { name: 'a_total', help: 'How many.', type: 'counter', samples: [{ value: 3 }] },
    {
      name: 'b_bytes',
      help: 'How much.',
      type: 'gauge',
      samples: [
        { labels: { node: 'x"y\\z\n}', kind: 'k' }, value: 1.5 },
        { labels: { node: '' }, value: Number.POSITIVE_INFINITY },
      ],
    },
    { name: 'c', help: 'None.', type: 'gauge', samples: [] },
  ])
  assert.equal(
    text,
    [
      ...['# HELP a_total How many.', '# TYPE a_total counter', 'a_total 3'],
      ...['# HELP b_bytes How much.', '# TYPE b_bytes gauge'],
      ...['b_bytes{node="x\\"y\\\\z\\n}",kind="k"} 1.5', 'b_bytes{node=""} +Inf'],
      ...['# HELP c None.', '# TYPE c gauge', ''],
    ].join('\n'),
  )
})
