import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { hostNetns } from '../../src/runtimes/processes.ts'
import { containerdImage, startContainerd } from './engines/containerd.ts'
import { cannotRun } from './engines/programs.ts'
import { RecordedEvents } from './recorded-events.ts'

const skip = cannotRun('containerd', 'runc', 'busybox')

/** Labels that kubelet and containerd's CRI plugin give to the containers of a pod. */
const ofPod = (kind: string, container?: string) =>
  Object.entries({
    'io.cri-containerd.kind': kind,
    'io.kubernetes.pod.name': 'web-7d4b9c6f5-x2x4z',
    'io.kubernetes.pod.namespace': 'shop',
    ...(container === undefined ? {} : { 'io.kubernetes.container.name': container }),
  }).flatMap(([label, value]) => ['--label', `${label}=${value}`])

test('what containerd runs is listed, and what happens to it told as it happens', { skip }, async (t) => {
  const { socket, ctr, run } = await startContainerd(t)
  await run('default', 'before', ['--label', 'team=care'])
  const recorded = new RecordedEvents(t, { containerd: { sockets: [socket] } })
  await recorded.watcher.start()

  await t.test('what ran before is listed whole before start resolves', () => {
    assert.deepEqual(recorded.states, ['connected'])
    assert.deepEqual(recorded.names, ['before'])
    const { pid, labels, startedAt, ...workload } = recorded.find('before')!
    assert.match(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /^sleep\0/)
    assert.equal(labels.team, 'care')
    assert.ok(Math.abs(Date.now() - Date.parse(startedAt)) < 60_000)
    assert.deepEqual(workload, {
      id: 'containerd:before',
      runtime: 'containerd',
      name: 'before',
      image: containerdImage,
      service: 'pavise-test/busybox',
      namespace: 'default',
      netns: statSync(`/proc/${pid}/ns/net`).ino,
      netnsPath: `/proc/${pid}/ns/net`,
      hostNetwork: false,
      addresses: [],
    })
  })

  await t.test('a start and an end are told at once, in any namespace of containerd', async () => {
    const starts: number[] = []
    const stops: number[] = []
    for (const [i, namespace] of ['default', 'k8s.io', 'another'].entries()) {
      await run(namespace, `c${i}`)
      starts.push(await recorded.startLatency(`c${i}`))
      const since = Date.now()
      process.kill(recorded.find(`c${i}`)!.pid!, 'SIGKILL')
      stops.push(await recorded.stopLatency(`containerd:c${i}`, since))
    }
    t.diagnostic(`start told after ${starts.join(', ')} ms; killed, told after ${stops.join(', ')} ms`)
    assert.ok(Math.max(...starts, ...stops) < 1000)
  })

  await t.test('a process that ends beside the first one is not the end of the container', async () => {
    await ctr('default', ['tasks', 'exec', '--exec-id', 'x', 'before', 'true'])
    await run('default', 'later')
    await recorded.until('what came later is told', () => recorded.find('later') !== undefined)
    assert.deepEqual(
      recorded.of('containerd:before').map(({ kind }) => kind),
      ['started'],
    )
  })

  await t.test('one that is paused goes on', async () => {
    await ctr('default', ['tasks', 'pause', 'later'])
    await ctr('default', ['tasks', 'resume', 'later'])
    await run('default', 'last')
    await recorded.until('what came last is told', () => recorded.find('last') !== undefined)
    assert.equal(recorded.of('containerd:later').length, 1)
  })

  await t.test('the containers of a pod have its names, and its sandbox is none of them', async () => {
    await run('k8s.io', 'sandbox', ofPod('sandbox'))
    const pid = (await ctr('k8s.io', ['tasks', 'list']))
      .split('\n')
      .find((line) => line.startsWith('sandbox'))
    const netns = `network:/proc/${pid?.split(/\s+/)[1]}/ns/net`
    await run('k8s.io', 'app', [...ofPod('container', 'nginx'), '--with-ns', netns])
    const name = 'web-7d4b9c6f5-x2x4z/nginx'
    await recorded.until('it is told', () => recorded.find(name) !== undefined)
    const { service, namespace, netnsPath } = recorded.find(name)!
    assert.deepEqual({ service, namespace }, { service: 'web', namespace: 'shop' })
    assert.equal(statSync(netnsPath!).ino, statSync(netns.slice('network:'.length)).ino)
    assert.deepEqual(recorded.of('containerd:sandbox'), [])
  })

  await t.test('the host’s network is flagged', async () => {
    await run('default', 'on-host', ['--net-host'])
    await recorded.until('it is told', () => recorded.find('on-host') !== undefined)
    const { hostNetwork, netns } = recorded.find('on-host')!
    assert.deepEqual([hostNetwork, netns], [true, hostNetns()])
  })
})

test(
  'a daemon that is killed is lost; what ended meanwhile has stopped, and what goes on was never told to',
  { skip },
  async (t) => {
    const { socket, run, kill, restart } = await startContainerd(t)
    await run('default', 'stays')
    await run('default', 'ends')
    const recorded = new RecordedEvents(t, { containerd: { sockets: [socket] } })
    await recorded.watcher.start()
    await kill()
    await recorded.until('it is lost', () => recorded.states.join() === 'connected,lost')
    process.kill(recorded.find('ends')!.pid!, 'SIGKILL')
    await restart()
    await recorded.until('it is back', () => recorded.states.join() === 'connected,lost,connected')
    await run('default', 'new')
    await recorded.until('what is new is told', () => recorded.names.join() === 'new,stays')
    const told = (name: string) => recorded.of(`containerd:${name}`).map(({ kind }) => kind)
    assert.deepEqual([told('stays'), told('ends')], [['started'], ['started', 'stopped']])
  },
)

test('where there is no containerd it is absent', async (t) => {
  const recorded = new RecordedEvents(t, { containerd: { sockets: ['/nowhere/containerd.sock'] } })
  await recorded.watcher.start()
  assert.deepEqual(recorded.states, ['absent'])
})
