import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { engines, runIn } from './engines.ts'
import { Watching } from './watching.ts'

/* Files of real containers: what is done to them, by whom, and what nobody may do. */

/** Programs are not what this is about. */
const any = [{}]

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
        const seen = await watching.file(({ path }) => path === '/etc/passwd', 'the change is told')
        assert.equal(seen.rule, 'predefined: monitor_change /etc/passwd')
        assert.deepEqual([seen.action, seen.from], ['reported', 'container'])
        assert.equal(seen.process?.path, '/bin/busybox')
      })

      await t.test(
        'a program that was dropped among the others is told, also when its writer has ended',
        async () => {
          await runIn(pid, '/bin/busybox cp /bin/busybox /bin/evil')
          const seen = await watching.file(({ path }) => path === '/bin/evil', 'the new program is told')
          assert.equal(seen.process?.name, 'cp')
        },
      )

      await t.test('what the node puts into it, as `docker cp` does, is told apart', async () => {
        writeFileSync(`/proc/${pid}/root/bin/copied`, 'x')
        const seen = await watching.file(({ path }) => path === '/bin/copied', 'the copy is told')
        assert.deepEqual([seen.from, seen.process?.path], ['node', process.execPath])
      })

      await t.test('a folder that comes to be is watched as well, and a rename told', async () => {
        watching.define({
          mode: 'Monitor',
          processes: any,
          files: [{ filter: '/app/export/*', recursive: true }],
        })
        await runIn(pid, 'busybox mkdir -p /app/export/new/sub')
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        await runIn(pid, 'echo 1 > /app/export/new/sub/b; busybox mv /app/export/a /app/export/c')
        await watching.file(({ path }) => path === '/app/export/new/sub/b', 'the file in the new folder')
        await watching.file(
          ({ path, operation }) => path === '/app/export/c' && operation === 'moved-in',
          'the rename',
        )
      })

      await t.test('what is blocked cannot be opened, but by the programs that are excepted', async () => {
        watching.define({
          mode: 'Protect',
          processes: any,
          files: [{ filter: '/secret/*', behavior: 'block_access', recursive: true }],
        })
        const denied = await runIn(pid, '/bin/cat /secret/people.csv')
        assert.notEqual(denied.code, 0)
        assert.match(denied.output, /not permitted/)
        const seen = await watching.file(({ action }) => action === 'blocked', 'the denial is told')
        assert.deepEqual(
          [seen.path, seen.operation, seen.process?.name, seen.process?.arguments],
          ['/secret/people.csv', 'opened', 'cat', ['/bin/cat', '/secret/people.csv']],
        )
        watching.define({
          mode: 'Protect',
          processes: any,
          files: [{ filter: '/secret/*', behavior: 'block_access', applications: ['/bin/busybox'] }],
        })
        assert.equal((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
        watching.define({
          mode: 'Monitor',
          processes: any,
          files: [{ filter: '/secret/*', behavior: 'block_access' }],
        })
        assert.equal((await runIn(pid, '/bin/cat /secret/people.csv')).code, 0)
      })

      assert.deepEqual(watching.gaps, [])

      await t.test('whoever ends while it is looked at is not taken for the node', async () => {
        const each = `/bin/busybox sh -c 'echo x >> /etc/shadow'`
        await runIn(pid, `i=0; while [ $i -lt 300 ]; do ${each}; i=$((i+1)); done; busybox touch /bin/last`)
        await watching.file(({ path }) => path === '/bin/last', 'the last change')
        const told = watching.files(({ path }) => path === '/etc/shadow')
        assert.ok(told.length > 0)
        // A program that is run so often passes the gate unseen for a while: then it is not known who it was.
        assert.deepEqual(
          told.filter(({ from }) => from === 'node'),
          [],
        )
      })

      // So many at once may be more than is read on a busy machine: then that is told.
      assert.deepEqual(
        watching.gaps.filter((gap: string) => !gap.includes('faster than that could be read')),
        [],
      )
    })
  }
})
