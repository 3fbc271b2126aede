import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { FileRecord, ProcessRecord } from '../../src/model/records.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'
import { PaviseUp } from '../enforcer/pavise-up.ts'
import { engines, onlyEngine, runIn } from './engines.ts'

/* From Discover to Protect with `pavise up`: what was learned may run, nothing else may; and what is left when it ends. */

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

const rules = `
apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: 'nv.pavise-test:busybox.default', namespace: default}
spec:
  target:
    selector:
      name: 'nv.pavise-test:busybox.default'
      criteria:
      - {key: service, op: "=", value: 'pavise-test:busybox.default'}
      - {key: domain, op: "=", value: default}
  process:
  - {action: deny, name: wget, path: ""}
  file:
  - {filter: /secret/*, behavior: block_access, recursive: true}
`

suite('processes and files, from learning to protection', () => {
  const [[, startEngine, skip]] = engines
  test('of docker', { skip, timeout: 180_000 }, async (t) => {
    const engine = await startEngine(t)
    const up = await PaviseUp.start(t, onlyEngine(await engine.option()))
    const pid = await engine.start('shop')
    const policy = (...args: string[]) =>
      execFileSync(process.execPath, [launcher, 'policy', ...args, '--state-dir', up.folder], {
        encoding: 'utf8',
      })
    const list = (action: string, what: string, wanted: (record: ProcessRecord) => boolean) =>
      up.until<ProcessRecord>(`processes?action=${action}`, (items) => items.some(wanted), what)
    await up.until<WorkloadState>(
      'workloads',
      (items) => items.some(({ coverage }) => coverage === 'seen'),
      'seen',
    )
    await runIn(
      pid,
      'busybox mkdir /secret; echo 1 > /secret/people.csv; /bin/ls /secret; /bin/cat /dev/null',
    )

    await t.test('what runs in Discover is learned, and exported as rules', async () => {
      await list('learned', 'cat is learned', ({ process: { name } }) => name === 'cat')
      const file = join(temporaryFolder(t), 'rules.yaml')
      writeFileSync(file, rules)
      policy('apply', file, '--yes')
      await eventually(() => /"cat"/.test(policy('export')), 'what was learned is exported')
      assert.match(policy('export'), /process:/)
    })

    await t.test('in Protect what was learned may run, what was not or is denied may not', async () => {
      policy('mode', 'nv.pavise-test:busybox.default', '--processes', 'Protect')
      await eventually(async () => (await runIn(pid, '/bin/wget')).code === 126, 'wget is denied')
      assert.equal((await runIn(pid, '/bin/cat /dev/null')).code, 0)
      assert.equal((await runIn(pid, '/bin/httpd')).code, 126)
      assert.notEqual((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
      const blocked = await list('blocked', 'both are told', ({ reason }) => reason === 'not-listed')
      assert.ok(blocked.some(({ rule }) => rule === 'nv.pavise-test:busybox.default: deny wget'))
      await up.until<FileRecord>('files?action=blocked', (items) => items.length > 0, 'the file is told')
      await eventually(() => up.output.includes('BLOCKED wget'), 'the terminal tells of it')
    })

    await t.test(
      'an enforcer that is killed lets everybody go, and protects again when it is back',
      async () => {
        const enforcer = up.enforcerPid()
        assert.ok(enforcer !== undefined)
        process.kill(enforcer, 'SIGKILL')
        await eventually(() => up.enforcerPid() !== enforcer, 'it is gone')
        assert.equal((await runIn(pid, '/bin/cat /dev/null')).code, 0)
        await eventually(
          async () => (await runIn(pid, '/bin/wget')).code === 126,
          'wget is denied again',
          30_000,
        )
      },
    )

    await t.test('stopped it leaves nothing behind: everything may run', async () => {
      await up.stop('SIGTERM')
      assert.deepEqual(up.processes(), [])
      assert.notEqual((await runIn(pid, '/bin/wget')).code, 126)
      assert.equal((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
    })
  })
})
