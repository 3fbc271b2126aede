import type { Workload } from '../../model/workload.ts'

/** A workload and the machine that it runs on. */
export interface PlacedWorkload {
  workload: Workload
  node: string
}

/**
 * Whom an address means that somebody on a node speaks to: who has it on that node, else the pod of another that has it. Containers of
 * other machines are not meant, for each machine gives out the same addresses. Undefined where nobody has it, or several in networks
 * apart from each other: then nobody can tell.
 *
 * @param all those that have the address
 * @param node where it was seen; undefined where that makes no difference
 */
export function ownerOf<Placed extends PlacedWorkload>(
  all: readonly Placed[],
  node?: string,
): Placed | undefined {
  const near = node === undefined ? all : all.filter((each) => each.node === node)
  const meant = near.length > 0 ? near : all.filter(({ workload }) => isPod(workload))
  const isOne = meant.every(
    (each) => each.node === meant[0].node && each.workload.netns === meant[0].workload.netns,
  )
  return isOne ? longestRunning(meant) : undefined
}

/** Pods have addresses that are theirs in the whole cluster (Kubernetes, "The Kubernetes network model"). */
export function isPod({ labels }: Workload): boolean {
  return Object.hasOwn(labels, 'io.kubernetes.pod.name')
}

/** Of workloads that share a network the one that others joined stands for it: the sidecar's traffic is that of its pod. */
function longestRunning<Placed extends PlacedWorkload>(all: readonly Placed[]): Placed | undefined {
  return all.reduce<Placed | undefined>(
    (first, each) => (first === undefined || startOf(each) < startOf(first) ? each : first),
    undefined,
  )
}

/** RFC 3339 of different precision, so not to be compared as text. */
function startOf({ workload: { startedAt } }: PlacedWorkload): number {
  return Date.parse(startedAt)
}
