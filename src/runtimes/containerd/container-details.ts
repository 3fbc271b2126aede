import type { ContainerDetails } from '../engine/container-table.ts'
import type { ContainerMessage, ProcessMessage } from './client.ts'

/** Labels that containerd's CRI plugin and kubelet set, and nerdctl. */
const labels = {
  kind: 'io.cri-containerd.kind',
  pod: 'io.kubernetes.pod.name',
  container: 'io.kubernetes.container.name',
  nerdctl: 'nerdctl/name',
} as const

const running: ReadonlySet<string> = new Set(['RUNNING', 'PAUSED', 'PAUSING'])

/** The container that only holds a pod's namespaces open: nothing runs in it, and those that do share its network. */
export function isSandbox({ labels: given }: ContainerMessage): boolean {
  return given[labels.kind] === 'sandbox'
}

/** @param startedAt RFC 3339 */
export function containerDetails(
  container: ContainerMessage,
  process: ProcessMessage | undefined,
  startedAt: string,
): ContainerDetails {
  const { id, image, labels: given } = container
  return {
    id,
    name: nameOf(container),
    image: image === '' ? null : image,
    labels: given,
    pid: process?.pid ?? 0,
    isRunning: process !== undefined && process.pid > 0 && running.has(process.status),
    startedAt,
    // The kernel tells: its namespace is the host's, or not.
    networkMode: '',
    addresses: [],
    pod: undefined,
  }
}

function nameOf({ id, labels: given }: ContainerMessage): string {
  const [pod, container] = [given[labels.pod], given[labels.container]]
  if (pod !== undefined && container !== undefined) return `${pod}/${container}`
  return given[labels.nerdctl] ?? (/^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id)
}
