import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EnforcementState } from '../../kernel/netfilter/enforcement-state.ts'
import { type Check, limited, ok } from './check.ts'

/** Rules of ours in a network namespace. */
export interface Enforced extends EnforcementState {
  /** Of the namespace. */
  path: string
}

export type Repair = 'rules' | 'quarantine'

/** Where named network namespaces are, beside those of processes. */
const NAMED = '/run/netns'

/**
 * Rules of ours in network namespaces; undefined where that may not be looked at.
 * @param only paths of the namespaces that are looked at; undefined: all of this machine
 */
export async function probeLeftovers(only?: readonly string[]): Promise<Enforced[] | undefined> {
  if (process.geteuid?.() !== 0) return undefined
  const { enforcementState } = await import('../../kernel/netfilter/enforcement-state.ts')
  const { networkNamespaceInode } = await import('../../kernel/namespaces.ts')
  const paths = new Map<number, string>()
  for (const path of only ?? [...pathsOfProcesses(), ...pathsIn(NAMED)]) {
    const inode = networkNamespaceInode(path)
    if (inode !== null && !paths.has(inode)) paths.set(inode, path)
  }
  return [...paths.values()].flatMap((path) => {
    const state = attempt(() => enforcementState(path))
    return state === undefined ? [] : [{ path, ...state }]
  })
}

/**
 * Removes rules that nobody serves, and those of a quarantine where that is asked for.
 * @returns those that were removed
 */
export async function removeLeftovers(found: readonly Enforced[], repair: Repair): Promise<Enforced[]> {
  const { removeEnforcement } = await import('../../kernel/netfilter/enforcement-table.ts')
  const left = found.filter((each) => isLeft(each) || (each.isQuarantined && repair === 'quarantine'))
  for (const { path } of left) attempt(() => removeEnforcement(path))
  return left
}

export function checkLeftovers(found: readonly Enforced[] | undefined): Check {
  if (found === undefined) return ok('rules', 'not looked at: that takes root')
  const left = found.filter(isLeft)
  const quarantined = found.filter(({ isQuarantined }) => isQuarantined)
  const served = found.length - left.length - quarantined.length
  const counted = `${served} network namespaces held, ${quarantined.length} in quarantine`
  if (left.length === 0) return ok('rules', counted)
  return limited('rules', {
    found: `${counted}, ${left.length} with rules that nobody serves: ${left.map(({ path }) => path).join(', ')}`,
    costs: 'Their traffic passes, or is stopped, without being inspected.',
    nextStep: 'Start Pavise, which takes them over, or remove them: sudo pavise doctor --repair',
  })
}

function isLeft({ isServed, isQuarantined }: Enforced): boolean {
  return !isServed && !isQuarantined
}

function pathsOfProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `/proc/${pid}/ns/net`)
}

function pathsIn(folder: string): string[] {
  return attempt(() => readdirSync(folder))?.map((name) => join(folder, name)) ?? []
}

/** Processes end while they are looked at. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
