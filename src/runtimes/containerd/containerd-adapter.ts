import { SocketAdapter } from '../engine/socket-adapter.ts'
import type { EngineAdapter } from '../runtime.ts'
import { ContainerdConnection } from './containerd-connection.ts'
import { StartTimes } from './start-times.ts'

/** The machine's engine, and those that distributions of Kubernetes bring. */
export const containerdSockets: readonly string[] = [
  '/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/var/snap/microk8s/common/run/containerd.sock',
  '/run/k0s/containerd.sock',
]

/** @param sockets Paths or globs. */
export function containerdAdapter({ sockets }: { sockets: readonly string[] }): EngineAdapter {
  const starts = new StartTimes()
  const connect = (socketPath: string, table: ConstructorParameters<typeof ContainerdConnection>[1]) =>
    new ContainerdConnection(socketPath, table, starts)
  return new SocketAdapter({ runtime: 'containerd', connect }, sockets)
}
