import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ResponseList } from '../../src/api/contract/response-operations.ts'
import { LocalApi } from '../../src/cli/local-api.ts'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ProcessRecord } from '../../src/model/records.ts'
import { eventually } from '../controller/fixture.ts'
import { PaviseUp } from '../enforcer/pavise-up.ts'
import { engines, onlyEngine, runIn } from './engines.ts'

/* `pavise up` with real containers: from a program that is started to a record of the API. */

/** What ends netcat wherever it is seen. */
const endNetcat = `apiVersion: pavise.dev/v1
kind: ResponseRule
metadata: {name: end-netcat}
spec:
  event: security-event
  conditions: [{type: process, value: nc}, {type: level, value: Error}]
  actions: [kill-process]
`

const IBAN = 'DE89370400440532013000'

suite('pavise up tells what containers run', () => {
  for (const [name, startEngine, skip] of engines) {
    test(`of ${name}`, { skip, timeout: 120_000 }, async (t) => {
      const engine = await startEngine(t)
      const up = await PaviseUp.start(t, onlyEngine(await engine.option()))
      const pid = await engine.start('shop')
      await up.until<WorkloadState>(
        'workloads',
        (items) => items.some(({ coverage }) => coverage === 'seen'),
        'it is seen',
      )
      await new LocalApi(up.folder).send('POST', '/api/v1/policy/changes', {
        files: [{ name: 'responses.yaml', text: endNetcat }],
        onBehalfOf: 'a test',
      })
      await runIn(pid, `/bin/ls --password=hunter2 ${IBAN}`)
      await runIn(pid, 'busybox nc 127.0.0.1 1')
      const listening = runIn(pid, 'exec busybox nc -l -p 7777')

      const called = (wanted: string) => (record: ProcessRecord) => record.process.name === wanted
      const records = await up.until<ProcessRecord>(
        'processes',
        (items) => items.some(called('ls')) && items.some(called('nc')),
        'both programs are told of',
      )
      const ls = records.find(called('ls'))!
      assert.equal(ls.action, 'learned')
      assert.equal(ls.process.path, '/bin/busybox')
      assert.deepEqual(ls.process.arguments.slice(0, 2), ['/bin/ls', '--password=****'])
      assert.ok(!JSON.stringify(records).includes(IBAN))
      assert.equal(ls.process.user.id, 0)
      assert.ok(ls.process.ancestors.length > 0)
      const { action, suspicion } = records.find(called('nc'))!
      assert.deepEqual([action, suspicion], ['reported', { kind: 'netcat', severity: 'high' }])
      await listening // A response rule ends it: nobody connects.
      const ended = async () =>
        (await new LocalApi(up.folder).get<ResponseList>('/api/v1/responses')).outcomes.some(
          ({ outcome, detail }) => outcome === 'done' && detail.includes('was ended'),
        )
      await eventually(ended, 'its end is on record')
    })
  }
})
