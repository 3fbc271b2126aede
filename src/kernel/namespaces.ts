import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { constants, networkInterfaces } from 'node:os'
import { ExitCode } from '../lib/errors.ts'
import { CLONE_NEWNET } from './constants.ts'
import { errorOfKind, kernelError } from './kernel-error.ts'
import { errorNumber, exitNow, must, setns, unshare } from './libc.ts'

/** Of the thread that reads it; `/proc/self` is the main thread's. */
const OWN_NAMESPACE = '/proc/thread-self/ns/net'
const STANDARD_ERROR = 2

/**
 * Runs `run` in another network namespace: sockets that it opens belong there for good. Synchronous, because the
 * namespace is the thread's and not the call's; `run` must start no thread either (no asynchronous call of `node:fs`,
 * `node:dns` or `node:crypto`), which would keep the namespace.
 *
 * A thread that cannot go back ends the process: whatever it did next, it would do in the wrong network.
 * @param path `/proc/<pid>/ns/net` or `/run/netns/<name>`
 * @throws {KernelError} where the namespace cannot be entered, and what `run` throws
 */
export function inNetworkNamespace<T>(path: string, run: () => T): T {
  const namespace = openNamespace(path)
  try {
    return awayAndBack(() => enter(namespace, path), run)
  } finally {
    closeSync(namespace)
  }
}

/** Runs `run` in a new network namespace, which is gone afterwards unless something that `run` made holds it. */
export function inNewNetworkNamespace<T>(run: () => T): T {
  return awayAndBack(() => must(unshare(CLONE_NEWNET), 'make a network namespace'), run)
}

function awayAndBack<T>(go: () => void, run: () => T): T {
  const own = openNamespace(OWN_NAMESPACE)
  try {
    go()
    try {
      return run()
    } finally {
      if (setns(own, CLONE_NEWNET) < 0) endProcess()
    }
  } finally {
    closeSync(own)
  }
}

function enter(namespace: number, path: string): void {
  if (setns(namespace, CLONE_NEWNET) === 0) return
  const error = errorNumber()
  if (error === constants.errno.EINVAL) throw errorOfKind('no-namespace', `${path} is no network namespace`)
  throw kernelError(`enter the network namespace ${path}`, error)
}

function endProcess(): never {
  const { message } = kernelError('go back to the own network namespace', errorNumber())
  writeSync(STANDARD_ERROR, `pavise: ${message}; nothing may go on in the wrong one\n`)
  exitNow(ExitCode.unreachable)
}

function openNamespace(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const { code, errno = 0 } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR')
      throw errorOfKind('no-namespace', `there is no network namespace ${path}`)
    throw kernelError(`open the network namespace ${path}`, -errno)
  }
}

/**
 * Of a network namespace: two paths with the same number lead to the same one. null where there is none (any more) or
 * it may not be looked at.
 */
export function networkNamespaceInode(path: string): number | null {
  try {
    return statSync(path).ino
  } catch {
    return null
  }
}

/** Inode of the machine's own network: that of process 1, or ours where that may not be looked at. */
export function hostNetworkNamespace(): number {
  return networkNamespaceInode('/proc/1/ns/net') ?? statSync(OWN_NAMESPACE).ino
}

/** Addresses of its interfaces in text, link-local among them, without those of loopback. */
export function interfaceAddresses(path: string): string[] {
  const interfaces = inNetworkNamespace(path, networkInterfaces)
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
}
