import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { errorOfKind, KernelError, type KernelErrorCode } from './kernel-error.ts'
import { kernelLimits } from './limits.ts'
import { inNewNetworkNamespace } from './namespaces.ts'
import { findQueueExpression, tryVerdictQueue } from './netfilter/queue-expression.ts'
import { PacketRing } from './packet-ring.ts'
import { PermissionGate } from './permission-gate.ts'
import { Poller, Wakeup } from './poller.ts'
import { ProcessEvents } from './process-events.ts'

/** One thing that the kernel can do, as it was found when it was tried. */
export interface KernelFeature {
  name: string
  available: boolean
  /** What was tried, or why it did not work. */
  detail: string
  /** What is not possible where it is missing. */
  without: string
  /** Watching containers takes it. */
  isNeeded: boolean
  /** Something that Pavise does takes it: watching, or protecting. */
  isUsed: boolean
  /** Where it is not available. `not-permitted` says nothing about the kernel. */
  reason?: KernelErrorCode
}

interface Probe {
  name: string
  isNeeded: boolean
  isUsed: boolean
  without: string
  /** Returns what was tried; throws where that did not work. */
  attempt: () => string
}

const probes: Probe[] = [
  {
    name: 'network namespaces',
    isNeeded: true,
    isUsed: true,
    without: 'the network of a container cannot be entered',
    attempt: () => inNewNetworkNamespace(() => 'made one, entered it and came back'),
  },
  {
    name: 'packet rings',
    isNeeded: true,
    isUsed: true,
    without: 'packets cannot be read',
    attempt: () => openRing({}),
  },
  {
    name: 'packet fanout',
    isNeeded: true,
    isUsed: true,
    without: 'the packets of one container cannot be shared among threads',
    attempt: () => openRing({ fanoutGroup: 1 }),
  },
  {
    name: 'polling',
    isNeeded: true,
    isUsed: true,
    without: 'packets cannot be waited for',
    attempt: pollWakeup,
  },
  {
    name: 'nf_tables',
    isNeeded: false,
    isUsed: true,
    without: 'connections cannot be blocked',
    attempt: () => {
      const expression = findQueueExpression()
      return `put all rules in place in a new network namespace; they lead to the queue by \`${expression}\``
    },
  },
  {
    name: 'verdict queue',
    isNeeded: false,
    isUsed: true,
    without: 'packets cannot be held until they are inspected',
    attempt: () => {
      tryVerdictQueue()
      return 'served one in a new network namespace'
    },
  },
  {
    name: 'fanotify',
    isNeeded: false,
    isUsed: true,
    without: 'programs and files cannot be held back',
    attempt: openFanotify,
  },
  {
    name: 'process events',
    isNeeded: false,
    isUsed: true,
    without: 'programs that start cannot be seen at once',
    attempt: subscribeToProcesses,
  },
  {
    name: 'BTF',
    isNeeded: false,
    isUsed: false,
    without: 'no program can be loaded into the kernel that fits every kernel',
    attempt: readTypes,
  },
]

/**
 * Tries each feature, in network namespaces of its own where that is about the network, and leaves nothing behind; the
 * kernel may load modules of its own for it. Takes some 100 ms. Never throws.
 */
export function probeKernel(): KernelFeature[] {
  return probes.map(({ name, isNeeded, isUsed, without, attempt }) => {
    try {
      return { name, isNeeded, isUsed, without, available: true, detail: attempt() }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      const reason = error instanceof KernelError ? error.code : 'failed'
      return { name, isNeeded, isUsed, without, available: false, detail, reason }
    }
  })
}

function openRing(group: { fanoutGroup?: number }): string {
  const { leastBlockBytes: blockBytes, leastBlocks: blocks } = kernelLimits
  inNewNetworkNamespace(() => PacketRing.open({ blockBytes, blocks, ...group })).close()
  return `opened a ring of ${blocks} blocks of ${blockBytes / 1024} KiB`
}

function pollWakeup(): string {
  const poller = new Poller()
  const wakeup = Wakeup.create()
  try {
    poller.add(wakeup.fd, 1)
    wakeup.signal()
    if (poller.wait(kernelLimits.answerMs) !== 1) throw errorOfKind('failed', 'a wake-up does not wake')
    return 'was woken'
  } finally {
    poller.close()
    wakeup.close()
  }
}

function openFanotify(): string {
  PermissionGate.open('execute').close()
  return 'opened with the right to decide'
}

function subscribeToProcesses(): string {
  ProcessEvents.open().close()
  return 'subscribed, and cancelled'
}

const KERNEL_TYPES = '/sys/kernel/btf/vmlinux'
/** The kernel's `Documentation/bpf/btf.rst`. */
const BTF_MAGIC = 0xeb9f

function readTypes(): string {
  const size = statSync(KERNEL_TYPES, { throwIfNoEntry: false })?.size
  if (size === undefined) throw errorOfKind('unsupported', `there is no ${KERNEL_TYPES}`)
  const file = openSync(KERNEL_TYPES, 'r')
  try {
    const magic = new Uint16Array(1)
    readSync(file, magic, 0, magic.byteLength, 0)
    if (magic[0] !== BTF_MAGIC) throw errorOfKind('failed', `${KERNEL_TYPES} has no types`)
    return `read the kernel’s types (${Math.round(size / 1024)} KiB)`
  } finally {
    closeSync(file)
  }
}
