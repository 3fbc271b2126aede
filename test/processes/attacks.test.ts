import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite, test } from 'node:test'
import { engines, joinCgroups, runIn } from './engines.ts'
import { Watching } from './watching.ts'

/* What intruders do in a container, with real programs. */

const helper = fileURLToPath(new URL('helper.mjs', import.meta.url))

/** Runs the helper in the control groups of a container. Resolves with what it writes, and the signal that ended it. */
async function help(pid: number, what: string): Promise<string> {
  const script = `${joinCgroups(pid)} exec "$0" "$@"`
  return new Promise((resolve) => {
    execFile(
      '/bin/sh',
      ['-c', script, process.execPath, helper, what, String(pid)],
      { timeout: 60_000 },
      (error, stdout, stderr) => resolve(stdout + stderr + (error?.signal ?? '')),
    )
  })
}

/** A shell that whoever connects to the container's loopback talks to. */
const shellOnSocket = `busybox ip link set lo up; busybox nc -l -p 4444 -e /bin/sh & busybox sleep 0.5;
  echo 'echo it-ran' | busybox nc -w 1 127.0.0.1 4444`

suite('attacks in containers', () => {
  // How processes are seen is the same with all of them.
  const [[, startEngine, skip]] = engines
  test('of docker', { skip, timeout: 120_000 }, async (t) => {
    const engine = await startEngine(t)
    const pid = await engine.start('shop', ['--cap-add', 'NET_ADMIN'])
    const watching = new Watching(t)
    watching.start(pid)

    await t.test('what ran before is told', async () => {
      const { process, action } = await watching.process(
        ({ event }) => event === 'running',
        'the first process',
      )
      assert.deepEqual([process.pid, process.arguments, action], [pid, ['sleep', '1000'], 'learned'])
    })

    await t.test('a shell that reads from the network is told, and in Protect denied', async () => {
      assert.match((await runIn(pid, shellOnSocket)).output, /it-ran/)
      const isShell = (action: string) => (record: { suspicion?: { kind: string }; action: string }) =>
        record.suspicion?.kind === 'reverse-shell' && record.action === action
      await watching.process(isShell('reported'), 'the shell is told')
      watching.define({ mode: 'Protect', processes: [{}] })
      assert.doesNotMatch((await runIn(pid, shellOnSocket)).output, /it-ran/)
      const { reason, suspicion } = await watching.process(isShell('blocked'), 'the denial is told')
      assert.deepEqual([reason, suspicion?.severity], ['suspicious', 'critical'])
    })

    await t.test('a program in memory, of which the gate is not asked, is ended', async () => {
      assert.equal(await help(pid, 'memory'), 'SIGKILL')
      const { process } = await watching.process(({ action }) => action === 'killed', 'the end is told')
      assert.match(process.path, /^\/memfd:harmless/)
    })

    await t.test('who becomes root by no program that does that is ended', async () => {
      assert.equal(await help(pid, 'root'), 'ended SIGKILL\n')
      const { suspicion } = await watching.process(({ event }) => event === 'became-root', 'it is told')
      assert.equal(suspicion?.kind, 'root-escalation')
    })

    assert.deepEqual(watching.gaps, [])
  })
})
