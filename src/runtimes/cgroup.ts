import type { RuntimeName } from '../model/workload.ts'

/** Which container a process is in, by the path of its control group. */
export interface CgroupContainer {
  /** 64 hexadecimal digits, or a name where the engine allows one (`ctr`, LXC, systemd-nspawn). */
  id: string
  /** Null where the form does not tell, as under a pod's control group. */
  engine: RuntimeName | 'cri-o' | 'lxc' | 'systemd-nspawn' | null
  /** Uid of its Kubernetes pod. */
  pod: string | null
}

type Engine = CgroupContainer['engine']

const hexId = /^[0-9a-f]{64}$/
/** systemd's names of scopes: `docker-<id>.scope`. Monitors (`libpod-conmon-…`, `crio-conmon-…`) are not in a container. */
const scopePrefixes: readonly (readonly [prefix: string, engine: Engine])[] = [
  ['docker', 'docker'],
  ['libpod', 'podman'],
  ['cri-containerd', 'containerd'],
  ['nerdctl', 'containerd'],
  ['crio', 'cri-o'],
]
/** Folders whose next component is a container, as cgroupfs drivers name them. */
const parents: ReadonlyMap<string, Engine> = new Map([
  ['docker', 'docker'],
  ['libpod_parent', 'podman'],
  ['k8s.io', 'containerd'],
  ['lxc', 'lxc'],
  ['crio', 'cri-o'],
])

/**
 * The innermost container that `/proc/PID/cgroup` names, undefined when none is.
 *
 * @param text One line a hierarchy: `<id>:<controllers>:<path>` (cgroups(7)); the first that tells counts.
 */
export function containerOfCgroup(text: string): CgroupContainer | undefined {
  for (const line of text.split('\n')) {
    const found = containerOfPath(cgroupPath(line))
    if (found !== undefined) return found
  }
  return undefined
}

/** The systemd service that a process is part of, without its suffix: `/system.slice/nginx.service` is `nginx`. */
export function serviceOfCgroup(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const unit = cgroupPath(line)
      .split('/')
      .findLast((part) => part.endsWith('.service'))
    if (unit !== undefined && unit.length > '.service'.length) return unit.slice(0, -'.service'.length)
  }
  return undefined
}

/** The path may itself hold colons: only the first two part the fields. */
function cgroupPath(line: string): string {
  const second = line.indexOf(':', line.indexOf(':') + 1)
  return second === -1 ? '' : line.slice(second + 1)
}

function containerOfPath(path: string): CgroupContainer | undefined {
  const parts = path.split('/').filter((part) => part !== '')
  const pod = podOf(parts)
  for (let i = parts.length - 1; i >= 0; i--) {
    const found = containerOfPart(parts[i], parts[i - 1])
    if (found !== undefined) return { ...found, pod }
  }
  return undefined
}

function containerOfPart(part: string, parent = ''): Omit<CgroupContainer, 'pod'> | undefined {
  const scoped = part.endsWith('.scope') ? ofScope(part.slice(0, -'.scope'.length)) : undefined
  if (scoped !== undefined) return scoped
  if (part.startsWith('lxc.payload.')) return { id: part.slice('lxc.payload.'.length), engine: 'lxc' }
  const bare = part.startsWith('libpod-') ? part.slice('libpod-'.length) : part
  if (hexId.test(bare)) return { id: bare, engine: bare === part ? (parents.get(parent) ?? null) : 'podman' }
  return ofColons(part) ?? ofParent(part, parent)
}

function ofScope(name: string): Omit<CgroupContainer, 'pod'> | undefined {
  if (name.startsWith('machine-')) return { id: name.slice('machine-'.length), engine: 'systemd-nspawn' }
  for (const [prefix, engine] of scopePrefixes) {
    const id = name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : ''
    if (hexId.test(id)) return { id, engine }
  }
  return undefined
}

/** runc with systemd's driver but no systemd: `kubepods-besteffort-pod<uid>.slice:cri-containerd:<id>`. */
function ofColons(part: string): Omit<CgroupContainer, 'pod'> | undefined {
  const [slice, prefix, id, ...more] = part.split(':')
  if (slice === '' || id === undefined || more.length > 0 || !hexId.test(id)) return undefined
  return { id, engine: scopePrefixes.find(([name]) => name === prefix)?.[1] ?? null }
}

/** Engines that let whoever starts a container name it. */
function ofParent(part: string, parent: string): Omit<CgroupContainer, 'pod'> | undefined {
  const engine = parents.get(parent)
  if ((engine !== 'containerd' && engine !== 'lxc') || part.includes(':')) return undefined
  return { id: part, engine }
}

/** `/kubepods/burstable/pod<uid>/…` or `/kubepods-burstable-pod<uid with underscores>.slice/…`. */
function podOf(parts: string[]): string | null {
  for (const part of parts.toReversed()) {
    const match = /^(?:kubepods(?:-[a-z]+)?-)?pod([0-9a-f]{8}[0-9a-f_-]{0,28})(?:\.slice|$|\.slice:)/.exec(
      part,
    )
    if (match !== null) return match[1].replaceAll('_', '-')
  }
  return null
}
