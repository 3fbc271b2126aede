import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import { hostNetns } from '../../src/runtimes/processes.ts'
import { busyboxImage, startDockerd } from './engines/dockerd.ts'
import { cannotRun } from './engines/programs.ts'
import { RecordedEvents } from './recorded-events.ts'

const skip = cannotRun('dockerd', 'docker', 'busybox')
const forever = [busyboxImage, 'sleep', '1000']

test('what Docker runs is listed, and what happens to it told as it happens', { skip }, async (t) => {
  const { docker, socket, addNetwork } = await startDockerd(t)
  const network = await addNetwork(1)
  const other = await addNetwork(2)
  const compose = ['--label', 'com.docker.compose.project=shop', '--label', 'com.docker.compose.service=web']
  const before = await docker(['run', '-d', '--name', 'before', '--network', network, ...compose, ...forever])
  const recorded = new RecordedEvents(t, { docker: { sockets: [socket] } })
  await recorded.watcher.start()

  await t.test('what ran before is listed whole before start resolves', async () => {
    assert.deepEqual(recorded.states, ['connected'])
    assert.deepEqual(recorded.names, ['before'])
    const workload = recorded.find('before')!
    const pid = Number(await docker(['inspect', '-f', '{{.State.Pid}}', 'before']))
    assert.deepEqual(
      {
        ...workload,
        addresses: workload.addresses.length,
        startedAt: Date.parse(workload.startedAt) <= Date.now(),
      },
      {
        id: `docker:${before}`,
        runtime: 'docker',
        name: 'before',
        image: busyboxImage,
        labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
        service: 'web',
        namespace: 'shop',
        pid,
        netns: statSync(`/proc/${pid}/ns/net`).ino,
        netnsPath: `/proc/${pid}/ns/net`,
        hostNetwork: false,
        addresses: 2,
        startedAt: true,
      },
    )
    assert.match(workload.addresses.join(' '), /^198\.18\.\d+\.\d+ 2001:db8:/)
  })

  await t.test('a container is told of as it starts and as it ends', async () => {
    const starts: number[] = []
    const stops: number[] = []
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      const id = await docker(['run', '-d', '--name', name, '--network', 'none', ...forever])
      starts.push(await recorded.startLatency(name))
      const since = Date.now()
      process.kill(recorded.find(name)!.pid!, 'SIGKILL')
      stops.push(await recorded.stopLatency(`docker:${id}`, since))
    }
    t.diagnostic(`start told after ${starts.join(', ')} ms; killed, told after ${stops.join(', ')} ms`)
    assert.deepEqual(recorded.names, ['before'])
  })

  await t.test('a new name, and the addresses of a network that it joins and leaves', async () => {
    await docker(['rename', 'before', 'after'])
    await recorded.until('it is renamed', () => recorded.names.join() === 'after')
    await docker(['network', 'connect', other, 'after'])
    await recorded.until('it has the addresses of both', () => recorded.find('after')!.addresses.length === 4)
    await docker(['network', 'disconnect', other, 'after'])
    await recorded.until('it has those of one', () => recorded.find('after')!.addresses.length === 2)
    assert.equal(
      recorded.of(`docker:${before}`).every(({ kind }) => kind === 'started'),
      true,
    )
  })

  await t.test("the host's network is flagged, and a shared namespace has the same inode", async () => {
    await docker(['run', '-d', '--name', 'on-host', '--network', 'host', ...forever])
    await docker(['run', '-d', '--name', 'sidecar', '--network', 'container:after', ...forever])
    await recorded.until('both are told', () => recorded.names.join() === 'after,on-host,sidecar')
    assert.deepEqual(
      [recorded.find('on-host')!.hostNetwork, recorded.find('on-host')!.netns],
      [true, hostNetns()],
    )
    assert.deepEqual(
      [recorded.find('sidecar')!.hostNetwork, recorded.find('sidecar')!.netns],
      [false, recorded.find('after')!.netns],
    )
    await docker(['rm', '-f', 'on-host', 'sidecar'])
    await recorded.until('both are gone', () => recorded.names.join() === 'after')
  })

  await t.test('one that is paused goes on; one that is restarted stops and starts', async () => {
    await docker(['pause', 'after'])
    await docker(['unpause', 'after'])
    const toldBefore = recorded.of(`docker:${before}`).length
    await docker(['restart', '-t', '0', 'after'])
    await recorded.until('it runs again', () => recorded.of(`docker:${before}`).length >= toldBefore + 2)
    const told = recorded.of(`docker:${before}`).slice(toldBefore)
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['stopped', 'started'],
    )
  })

  await t.test('of many that end at once nothing is left', async () => {
    const runs = Array.from({ length: 6 }, async (_, i) =>
      docker(['run', '--rm', '--name', `short-${i}`, '--network', 'none', busyboxImage, 'true']),
    )
    await Promise.all(runs)
    await recorded.until('none of them runs', () => recorded.names.join() === 'after')
  })

  await t.test('nothing is told once it was stopped', async () => {
    await recorded.watcher.stop()
    const told = recorded.events.length
    await docker(['rm', '-f', 'after'])
    assert.equal(recorded.events.length, told)
  })
})

test(
  'a daemon that is killed is lost; what ended meanwhile has stopped, and what goes on was never told to',
  { skip },
  async (t) => {
    const { docker, socket, kill, restart } = await startDockerd(t, ['--live-restore'])
    const stays = await docker(['run', '-d', '--name', 'stays', '--network', 'none', ...forever])
    const ends = await docker(['run', '-d', '--name', 'ends', '--network', 'none', ...forever])
    const recorded = new RecordedEvents(t, { docker: { sockets: [socket] } })
    await recorded.watcher.start()
    await kill()
    await recorded.until('it is lost', () => recorded.states.join() === 'connected,lost')
    assert.deepEqual(recorded.names, ['ends', 'stays'])

    process.kill(recorded.find('ends')!.pid!, 'SIGKILL')
    await recorded.until('the end is seen without the daemon', () => recorded.names.join() === 'stays')

    await restart()
    await recorded.until('it is back', () => recorded.states.join() === 'connected,lost,connected')
    await docker(['run', '-d', '--name', 'new', '--network', 'none', ...forever])
    await recorded.until('what is new is told', () => recorded.names.join() === 'new,stays')
    assert.deepEqual(
      recorded.of(`docker:${stays}`).map(({ kind }) => kind),
      ['started'],
    )
    assert.deepEqual(
      recorded.of(`docker:${ends}`).map(({ kind }) => kind),
      ['started', 'stopped'],
    )
    assert.deepEqual((await docker(['ps', '--format', '{{.Names}}'])).split('\n').sort(), recorded.names)
  },
)

test('an engine that comes later is found, and one that never was is absent', { skip }, async (t) => {
  const { docker, socket, kill, restart } = await startDockerd(t)
  await kill()
  const recorded = new RecordedEvents(t, {
    docker: { sockets: [socket] },
    podman: { sockets: ['/nowhere/podman.sock'] },
  })
  await recorded.watcher.start()
  assert.deepEqual(recorded.states, ['absent', 'absent'])
  await restart()
  await docker(['run', '-d', '--name', 'late', '--network', 'none', ...forever])
  await recorded.until('its container is told', () => recorded.names.join() === 'late')
  assert.deepEqual(recorded.states, ['absent', 'absent', 'connected'])
})

test('a container that Docker and its containerd both tell of is one', { skip }, async (t) => {
  const { docker, socket, containerdSocket } = await startDockerd(t)
  const options = { docker: { sockets: [socket] }, containerd: { sockets: [containerdSocket] } }
  const recorded = new RecordedEvents(t, options)
  await recorded.watcher.start()
  assert.deepEqual(recorded.states, ['connected', 'connected'])
  const id = await docker(['run', '-d', '--name', 'web', '--network', 'none', ...forever])
  await recorded.until('it is told', () => recorded.names.join() === 'web')
  await docker(['rm', '-f', 'web'])
  await recorded.until('it is gone', () => recorded.names.length === 0)
  await docker(['run', '-d', '--name', 'next', '--network', 'none', ...forever])
  await recorded.until('another is told', () => recorded.names.join() === 'next')
  assert.deepEqual(
    recorded.of(`docker:${id}`).map(({ kind }) => kind),
    ['started', 'stopped'],
  )
})
