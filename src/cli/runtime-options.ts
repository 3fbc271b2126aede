import { type Command, Option } from 'commander'
import type { WatcherOptions } from '../runtimes/workload-watcher.ts'

/** Where the engines of this machine are asked; absent for their usual places, `none` to leave one out. */
export interface RuntimeFlags {
  dockerSocket?: string
  podmanSocket?: string
  containerdSocket?: string
  netnsFolder?: string
}

const options = [
  { flag: '--docker-socket <path>', what: 'of Docker', variable: 'DOCKER_SOCKET', key: 'dockerSocket' },
  { flag: '--podman-socket <path>', what: 'of Podman', variable: 'PODMAN_SOCKET', key: 'podmanSocket' },
  {
    flag: '--containerd-socket <path>',
    what: 'of containerd',
    variable: 'CONTAINERD_SOCKET',
    key: 'containerdSocket',
  },
  {
    flag: '--netns-folder <path>',
    what: 'of named network namespaces, and those without a name are not watched',
    variable: 'NETNS_FOLDER',
    key: 'netnsFolder',
  },
] as const

/** Adds the options that say where engines are. */
export function addRuntimeOptions(command: Command): Command {
  for (const { flag, what, variable } of options)
    command.addOption(
      new Option(flag, `${what}, where not usual; none: not watched`).env(`PAVISE_${variable}`),
    )
  return command
}

/** The same options as arguments, for a program that is started. */
export function runtimeArguments(flags: RuntimeFlags): string[] {
  return options.flatMap(({ flag, key }) => {
    const value = flags[key]
    return value === undefined ? [] : [flag.slice(0, flag.indexOf(' ')), value]
  })
}

/** A socket or folder that is `none` leaves its engine out. */
export function watcherOptions(flags: RuntimeFlags): WatcherOptions {
  const { dockerSocket, podmanSocket, containerdSocket, netnsFolder } = flags
  return {
    ...at('docker', dockerSocket, (path) => ({ sockets: [path] })),
    ...at('podman', podmanSocket, (path) => ({ sockets: [path] })),
    ...at('containerd', containerdSocket, (path) => ({ sockets: [path] })),
    ...at('netns', netnsFolder, (path) => ({ folder: path, processes: false })),
  }
}

function at<Name extends string, Place>(
  name: Name,
  path: string | undefined,
  place: (path: string) => Place,
): { [name in Name]?: Place | false } {
  if (path === undefined) return {}
  return { [name]: path === 'none' ? false : place(path) } as { [name in Name]: Place | false }
}
