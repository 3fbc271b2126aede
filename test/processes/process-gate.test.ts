import assert from 'node:assert/strict'
import { suite, test, type TestContext } from 'node:test'
import type { ProgramObservation } from '../../src/enforcer/processes/gate-messages.ts'
import { ProcessGate } from '../../src/enforcer/processes/process-gate.ts'
import type { Baseline, Mode, ProcessRule } from '../../src/policy/definition.ts'
import { type Profile, profileOf } from '../../src/policy/processes/profile.ts'
import { eventually } from '../controller/fixture.ts'
import { engines, runIn } from './engines.ts'

/* The gate with real containers of each engine: what may run, what may not, and what is told of it. */

function profile(mode: Mode, baseline: Baseline, rules: Partial<ProcessRule>[] = []): Profile {
  const processes = rules.map((rule) => ({ action: 'allow' as const, name: '', path: '', ...rule }))
  return profileOf([{ name: 'nv.shop', criteria: [], profile: { baseline, processes, files: [] } }], mode)
}

class Watched {
  readonly observations: ProgramObservation[] = []
  readonly failures: string[] = []
  readonly gate: ProcessGate

  constructor(t: TestContext) {
    this.gate = new ProcessGate({
      observed: (observations) => void this.observations.push(...observations),
      opened: () => undefined,
      undecided: (detail) => void this.failures.push(detail),
      failed: (detail) => void this.failures.push(detail),
    })
    t.after(async () => this.gate.stop())
  }

  async until(
    wanted: (observation: ProgramObservation) => boolean,
    what: string,
  ): Promise<ProgramObservation> {
    await eventually(() => this.observations.some(wanted), what).catch((error: Error) =>
      Promise.reject(new Error(`${error.message}\n${JSON.stringify(this.observations, null, 1)}`)),
    )
    return this.observations.find(wanted)!
  }
}

suite('programs of containers', () => {
  for (const [name, startEngine, skip] of engines) {
    test(`of ${name}`, { skip, timeout: 120_000 }, async (t) => {
      const engine = await startEngine(t)
      const pid = await engine.start('shop')
      const watched = new Watched(t)
      const { gate } = watched
      const guarding = gate.guard('shop', pid, Date.now(), profile('Discover', 'zero-drift'))
      assert.deepEqual(guarding?.unguarded, [])
      assert.equal(guarding?.files.image.kind, 'overlay')

      await t.test('what is run is seen with its arguments, user and ancestors', async () => {
        assert.equal((await runIn(pid, '/bin/ls /etc; true')).code, 0)
        const seen = await watched.until(({ name: called }) => called === 'ls', 'ls is seen')
        assert.deepEqual(
          [seen.path, seen.arguments, seen.uid, seen.origin, seen.verdict.effect],
          ['/bin/busybox', ['/bin/ls', '/etc'], 0, 'image', 'allow'],
        )
        assert.equal(seen.ancestors[0].path, '/bin/busybox')
      })

      await t.test('what somebody has dropped is denied before it runs, the image’s goes on', async () => {
        gate.setProfile('shop', profile('Protect', 'zero-drift'))
        await runIn(pid, 'cat /bin/busybox > /tmp/dropped')
        const denied = await runIn(pid, 'busybox chmod 755 /tmp/dropped; /tmp/dropped echo it-ran')
        assert.equal(denied.code, 126)
        assert.doesNotMatch(denied.output, /it-ran/)
        const seen = await watched.until(({ path }) => path === '/tmp/dropped', 'the denial is told')
        assert.deepEqual([seen.origin, seen.verdict], ['added', { effect: 'block', reason: 'drift' }])
        assert.equal((await runIn(pid, 'ls /')).code, 0)
      })

      await t.test('none of a hundred short-lived ones gets through', async () => {
        const { output } = await runIn(
          pid,
          'i=0; while [ $i -lt 100 ]; do /tmp/dropped echo it-ran; i=$((i+1)); done',
        )
        assert.equal(output.match(/it-ran/g), null)
        assert.equal(output.match(/Operation not permitted|Permission denied/g)?.length, 100)
      })

      await t.test('a name that is denied is so under every way to call it', async () => {
        gate.setProfile(
          'shop',
          profile('Protect', 'basic', [{ action: 'deny', name: 'wget' }, { path: '/bin/*' }]),
        )
        for (const command of ['wget', '/bin/wget', '/bin/busybox wget'])
          assert.equal((await runIn(pid, `${command} --help`)).code, 126, command)
        assert.equal((await runIn(pid, '/bin/cat /dev/null')).code, 0)
      })

      assert.deepEqual(watched.failures, [])
    })
  }
})
