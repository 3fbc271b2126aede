import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { writeBusyboxArchive } from './busybox-image.ts'
import { busyboxImage } from './dockerd.ts'
import { removeLeftovers } from './leftovers.ts'
import { eventually, output } from './programs.ts'

export const containerdImage = `docker.io/${busyboxImage}`

export interface Containerd {
  socket: string
  /** containerd's own command line, in a namespace of containerd's that begins so. */
  ctr: (namespace: string, args: readonly string[]) => Promise<string>
  /** Starts a container in the background; it needs no network. */
  run: (
    namespace: string,
    name: string,
    args?: readonly string[],
    command?: readonly string[],
  ) => Promise<string>
  /** `kill -9` of the daemon alone: containers and their shims stay. */
  kill: () => Promise<void>
  restart: () => Promise<void>
}

/** A containerd of the test's own, without CRI. Gone when the test ends, with its containers. */
export async function startContainerd(t: TestContext): Promise<Containerd> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-containerd-'))
  const socket = join(folder, 'containerd.sock')
  const config = join(folder, 'config.toml')
  const lines = [
    'version = 2',
    `root = "${folder}/root"`,
    `state = "${folder}/state"`,
    'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
    `[grpc]\n  address = "${socket}"`,
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  let daemon: ChildProcess | undefined
  // runc keeps its containers by namespace and name in one folder of the machine, whichever containerd asks.
  const apart = folder.slice(-6)
  const ctr = async (namespace: string, args: readonly string[]) =>
    output('ctr', ['--address', socket, '--namespace', `${namespace}-${apart}`, ...args])
  const restart = async () => {
    const log = openSync(join(folder, 'log'), 'a')
    daemon = spawn('containerd', ['--config', config], { stdio: ['ignore', log, log] })
    closeSync(log)
    await eventually('containerd answers', 20_000, () =>
      ctr('default', ['version']).then(
        () => true,
        () => false,
      ),
    )
  }
  const kill = async () => {
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return
    const exited = once(daemon, 'exit')
    daemon.kill('SIGKILL')
    await exited
  }
  // What runs in a container does not name the folder: it is ended by its number. To ask its engine to may take forever.
  const used = new Set<string>()
  t.after(async () => {
    if (daemon?.exitCode !== null || daemon.signalCode !== null) await restart()
    for (const namespace of used) {
      for (const pid of (await ctr(namespace, ['tasks', 'list'])).matchAll(/\s(\d+)\s+(?:RUNNING|PAUSED)/g))
        process.kill(Number(pid[1]), 'SIGKILL')
      rmSync(`/run/containerd/runc/${namespace}-${apart}`, { recursive: true, force: true })
    }
    await kill()
    await removeLeftovers(folder)
  })
  await restart()
  const image = writeImage(folder)
  const run = async (
    namespace: string,
    name: string,
    args: readonly string[] = [],
    command: readonly string[] = ['sleep', '1000'],
  ) => {
    used.add(namespace)
    await ctr(namespace, ['images', 'import', '--no-unpack', image])
    return ctr(namespace, [
      'run',
      '-d',
      '--snapshotter',
      'native',
      ...args,
      containerdImage,
      name,
      ...command,
    ])
  }
  return { socket, ctr, run, kill, restart }
}

/** Busybox as an image in the form of `docker save`, which containerd imports. */
function writeImage(folder: string): string {
  const layer = readFileSync(writeBusyboxArchive(folder))
  const image = join(folder, 'image')
  mkdirSync(image)
  const digest = execFileSync('sha256sum', { input: layer, encoding: 'utf8' }).slice(0, 64)
  writeFileSync(join(image, 'layer.tar'), layer)
  const config = {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  }
  writeFileSync(join(image, 'config.json'), JSON.stringify(config))
  const manifest = [{ Config: 'config.json', RepoTags: [containerdImage], Layers: ['layer.tar'] }]
  writeFileSync(join(image, 'manifest.json'), JSON.stringify(manifest))
  const archive = join(folder, 'image.tar')
  execFileSync('tar', ['-C', image, '-cf', archive, '.'])
  return archive
}
