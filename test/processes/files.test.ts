import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import { WatchedProcesses } from '../../src/enforcer/processes/watched-processes.ts'
import type { FileRecord, ProcessRecord } from '../../src/model/records.ts'
import type { Workload } from '../../src/model/workload.ts'
import { emptyPolicy, type FileRule, type Mode } from '../../src/policy/definition.ts'
import { LivePolicy } from '../../src/policy/live/live-policy.ts'
import { eventually } from '../controller/fixture.ts'
import { engines, runIn } from './engines.ts'

/* Files of real containers: what is done to them, by whom, and what nobody may do. */

function definition(mode: Mode, files: Partial<FileRule>[]) {
  const rules = files.map((rule) => ({
    filter: '',
    behavior: 'monitor_change' as const,
    recursive: false,
    applications: [],
    ...rule,
  }))
  const processes = [{ action: 'allow' as const, name: '', path: '' }]
  const group = {
    name: 'nv.shop.default',
    criteria: [],
    profileMode: mode,
    profile: { processes, files: rules },
  }
  return { ...emptyPolicy, groups: [group] }
}

class Watching {
  readonly records = new Map<string, FileRecord | ProcessRecord>()
  readonly gaps: string[] = []
  readonly #policy = new LivePolicy(emptyPolicy)
  readonly #watched: WatchedProcesses

  constructor(t: TestContext) {
    this.#watched = new WatchedProcesses({
      policy: this.#policy,
      run: 'run',
      redact: async (texts) => texts,
      tell: ({ recordId, text }) => void this.records.set(recordId, JSON.parse(text) as FileRecord),
      gap: (reason, detail) => void this.gaps.push(`${reason}: ${detail}`),
    })
    t.after(async () => this.#watched.stop())
  }

  start(pid: number): void {
    const workload: Workload = {
      ...{ id: 'docker:shop', runtime: 'docker', name: 'shop', image: null, labels: {}, service: 'shop' },
      ...{ namespace: 'default', pid, netns: null, netnsPath: null, hostNetwork: false, addresses: [] },
      startedAt: new Date().toISOString(),
    }
    this.#policy.started(workload, 'node')
    this.#watched.workload({ workload, coverage: 'seen' })
  }

  define(mode: Mode, files: Partial<FileRule>[]): void {
    this.#policy.define(definition(mode, files))
    this.#watched.policyChanged()
  }

  async until(wanted: (record: FileRecord) => boolean, what: string): Promise<FileRecord> {
    const find = () => [...this.records.values()].find((each) => each.type === 'file' && wanted(each))
    await eventually(() => find() !== undefined, what).catch((error: Error) =>
      Promise.reject(new Error(`${error.message}\n${JSON.stringify([...this.records.values()], null, 1)}`)),
    )
    return find() as FileRecord
  }
}

suite('files of containers', () => {
  for (const [name, startEngine, skip] of engines) {
    test(`of ${name}`, { skip, timeout: 120_000 }, async (t) => {
      const engine = await startEngine(t)
      const pid = await engine.start('shop')
      await runIn(
        pid,
        'busybox mkdir -p /app/export /secret; echo 1 > /app/export/a; echo 1 > /secret/people.csv',
      )
      const watching = new Watching(t)
      watching.start(pid)

      await t.test('what is changed is told, with who did it', async () => {
        await runIn(pid, 'echo anna:x:1 >> /etc/passwd')
        const seen = await watching.until(({ path }) => path === '/etc/passwd', 'the change is told')
        assert.equal(seen.rule, 'predefined: monitor_change /etc/passwd')
        assert.deepEqual([seen.action, seen.from], ['reported', 'container'])
        assert.equal(seen.process?.path, '/bin/busybox')
      })

      await t.test(
        'a program that was dropped among the others is told, also when its writer has ended',
        async () => {
          await runIn(pid, '/bin/busybox cp /bin/busybox /bin/evil')
          const seen = await watching.until(({ path }) => path === '/bin/evil', 'the new program is told')
          assert.equal(seen.process?.name, 'cp')
        },
      )

      await t.test('a folder that comes to be is watched as well, and a rename told', async () => {
        watching.define('Monitor', [{ filter: '/app/export/*', recursive: true }])
        await runIn(pid, 'busybox mkdir -p /app/export/new/sub')
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        await runIn(pid, 'echo 1 > /app/export/new/sub/b; busybox mv /app/export/a /app/export/c')
        await watching.until(({ path }) => path === '/app/export/new/sub/b', 'the file in the new folder')
        await watching.until(
          ({ path, operation }) => path === '/app/export/c' && operation === 'moved-in',
          'the rename',
        )
      })

      await t.test('what is blocked cannot be opened, but by the programs that are excepted', async () => {
        watching.define('Protect', [{ filter: '/secret/*', behavior: 'block_access', recursive: true }])
        const denied = await runIn(pid, '/bin/cat /secret/people.csv')
        assert.notEqual(denied.code, 0)
        assert.match(denied.output, /not permitted/)
        const seen = await watching.until(({ action }) => action === 'blocked', 'the denial is told')
        assert.deepEqual(
          [seen.path, seen.operation, seen.process?.name, seen.process?.arguments],
          ['/secret/people.csv', 'opened', 'cat', ['/bin/cat', '/secret/people.csv']],
        )
        watching.define('Protect', [
          { filter: '/secret/*', behavior: 'block_access', applications: ['/bin/busybox'] },
        ])
        assert.equal((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
        watching.define('Monitor', [{ filter: '/secret/*', behavior: 'block_access' }])
        assert.equal((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
      })

      assert.deepEqual(watching.gaps, [])
    })
  }
})
