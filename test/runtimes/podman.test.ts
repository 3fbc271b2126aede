import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import { busyboxImage } from './engines/dockerd.ts'
import { startPodman } from './engines/podman.ts'
import { cannotRun } from './engines/programs.ts'
import { RecordedEvents } from './recorded-events.ts'

const skip = cannotRun('podman', 'runc', 'busybox')
const apart = ['--network', 'none']
const forever = [busyboxImage, 'sleep', '1000']

test(
  'what Podman runs is listed and told as it happens, by a service that serves its API',
  { skip },
  async (t) => {
    const { podman, run, serve, runFolder } = await startPodman(t)
    const before = await run(['--name', 'before', '--label', 'team=care', ...apart, ...forever])
    const recorded = new RecordedEvents(t, { podman: { sockets: [await serve()], runFolder } })
    await recorded.watcher.start()
    assert.deepEqual(recorded.states, ['connected'])

    await t.test('what ran before is listed whole', async () => {
      const pid = Number(await podman(['inspect', '-f', '{{.State.Pid}}', 'before']))
      const {
        addresses: _addresses,
        startedAt: _startedAt,
        image,
        labels,
        ...workload
      } = recorded.find('before')!
      assert.deepEqual(workload, {
        id: `podman:${before}`,
        runtime: 'podman',
        name: 'before',
        service: 'pavise-test/busybox',
        namespace: 'default',
        pid,
        netns: statSync(`/proc/${pid}/ns/net`).ino,
        netnsPath: `/proc/${pid}/ns/net`,
        hostNetwork: false,
      })
      assert.match(image ?? '', /busybox/)
      assert.equal(labels.team, 'care')
    })

    await t.test('a start and an end are told at once', async () => {
      const starts: number[] = []
      const stops: number[] = []
      for (const name of ['one', 'two', 'three']) {
        const id = await run(['--name', name, ...apart, ...forever])
        starts.push(await recorded.startLatency(name))
        const since = Date.now()
        process.kill(recorded.find(name)!.pid!, 'SIGKILL')
        stops.push(await recorded.stopLatency(`podman:${id}`, since))
      }
      t.diagnostic(`start told after ${starts.join(', ')} ms; killed, told after ${stops.join(', ')} ms`)
      assert.ok(Math.max(...starts, ...stops) < 1000)
    })

    await t.test('the host’s network is flagged', async () => {
      await run(['--name', 'host', '--network', 'host', ...forever])
      await recorded.until('it is told', () => recorded.find('host') !== undefined)
      assert.equal(recorded.find('host')?.hostNetwork, true)
    })
  },
)

test('where nobody serves Podman’s API, it is served for as long as it is watched', { skip }, async (t) => {
  const { command, run, folder, runFolder } = await startPodman(t)
  await run(['--name', 'before', ...apart, ...forever])
  const service = { command, usedFolder: runFolder, runFolder: folder }
  const recorded = new RecordedEvents(t, {
    podman: { sockets: ['/nowhere/podman.sock'], service, runFolder },
  })
  await recorded.watcher.start()
  assert.deepEqual(recorded.names, ['before'])
  await run(['--name', 'after', ...apart, ...forever])
  await recorded.until('it is told', () => recorded.names.join() === 'after,before')
})
