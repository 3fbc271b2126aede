import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { engines } from './engines.ts'
import { Watching } from './watching.ts'

/* Engines enter containers with programs of their own, some of them in memory: they are not what is guarded against. */

suite('what an engine starts in a container in Protect', () => {
  for (const [name, startEngine, skip] of engines) {
    test(
      `of ${name} runs where it is listed, and is denied where it is not`,
      { skip, timeout: 120_000 },
      async (t) => {
        const engine = await startEngine(t)
        const pid = await engine.start('shop')
        const watching = new Watching(t)
        watching.start(pid)
        watching.define({ mode: 'Protect', processes: [{ path: '/bin/*' }] })
        for (let i = 0; i < 5; i++) assert.equal(await engine.exec('shop', ['/bin/ls', '/bin/ls']), '/bin/ls')
        watching.define({ mode: 'Protect', processes: [{ name: 'sh' }] })
        await assert.rejects(engine.exec('shop', ['/bin/ls', '/bin/ls']))
        const { process } = await watching.process(({ action }) => action === 'blocked', 'the denial is told')
        assert.equal(process.name, 'ls')
        assert.deepEqual(
          watching.told(({ action }) => action === 'killed'),
          [],
        )
      },
    )
  }
})
