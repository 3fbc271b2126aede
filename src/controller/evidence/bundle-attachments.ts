import { createHash } from 'node:crypto'
import type { KeptFile } from '../../capture/store/capture-store.ts'
import type { Attached } from '../../evidence/bundle/write-bundle.ts'
import { verifierLine } from '../../evidence/signed-note.ts'
import type { FrameworkId } from '../../model/framework-ids.ts'
import { assess } from '../../report/assessment/assess.ts'
import { frameworkRecord } from '../../report/framework-json.ts'
import { frameworks } from '../../report/frameworks/index.ts'
import { storeLimits } from '../../store/limits.ts'
import type { Captures } from '../captures.ts'
import type { Controller } from '../controller.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'
import { gatherFacts } from '../reports/gather-facts.ts'

/** What a bundle speaks of. Times in ms since 1970. */
export interface AttachedTime {
  since: number
  until: number
  /** All where there are none. */
  workloads: readonly string[]
}

/**
 * What goes along with the entries of a time: the policies that were in force then, how far each framework was evidenced, and the
 * packets that were recorded, as they are kept: encrypted.
 */
export async function bundleAttachments(
  controller: Controller,
  time: AttachedTime,
  now: number,
): Promise<Attached[]> {
  return [
    ...(await policiesInForce(controller.policy, time)),
    ...(await controlStates(controller, time, now)),
    ...(controller.captures === undefined ? [] : recordedPackets(controller.captures, time)),
  ]
}

/** The versions of the policy that were in force in a time, the newest first. */
async function policiesInForce(
  policy: ControllerPolicy,
  { since, until }: AttachedTime,
): Promise<Attached[]> {
  const versions = await policy.history.list({ limit: storeLimits.policyVersions })
  const then = versions.filter(({ at }) => at <= until)
  const first = then.findIndex(({ at }) => at <= since)
  const inForce = first === -1 ? then : then.slice(0, first + 1)
  return inForce.slice(0, controllerLimits.bundlePolicies).map(({ number }) => ({
    name: `policy/version-${number.toString().padStart(4, '0')}.yaml`,
    content: () => policy.export({ learned: false, version: number }),
  }))
}

/** The state of each control of each framework over a time, with what evidences it. */
async function controlStates(
  controller: Controller,
  { since, until }: AttachedTime,
  now: number,
): Promise<Attached[]> {
  if (since >= until) return []
  const facts = await gatherFacts(controller, { since, until }, now)
  const { origin, size, signer } = controller.ledger
  const from = { ledger: origin, size, key: verifierLine(signer) }
  return (Object.keys(frameworks) as FrameworkId[]).map((id) => ({
    name: `controls/${id}.json`,
    content: async () =>
      `${JSON.stringify(frameworkRecord(assess(frameworks[id], facts, now), from), null, 1)}\n`,
  }))
}

/** The files as they lie on the disk, and last a list of them. What is deleted before it is its turn is missing, and the list says so. */
function recordedPackets(captures: Captures, { since, until, workloads }: AttachedTime): Attached[] {
  const isAsked = ({ about, at }: KeptFile): boolean =>
    Date.parse(about.since) <= until &&
    at >= since &&
    (workloads.length === 0 || workloads.includes(about.workload))
  const listed: object[] = []
  const files: Attached[] = []
  let left = controllerLimits.bundleCaptureBytes
  for (const kept of captures.files().filter(isAsked)) {
    const isWritten = kept.state !== 'open'
    if (!isWritten || kept.bytes > left) {
      listed.push(shown(kept, { leftOut: isWritten ? 'no room left in the bundle' : 'still being written' }))
      continue
    }
    left -= kept.bytes
    const content = async (): Promise<Buffer> => {
      const sealed = captures.sealed(kept.file)
      listed.push(shown(kept, sealed === undefined ? { leftOut: 'deleted meanwhile' } : sha256Of(sealed)))
      return sealed ?? Buffer.alloc(0)
    }
    files.push({ name: `captures/${kept.file}.sealed`, content })
  }
  const list = async (): Promise<string> => listed.map((each) => `${JSON.stringify(each)}\n`).join('')
  return files.length + listed.length === 0
    ? []
    : [...files, { name: 'captures/captures.ndjson', content: list }]
}

function shown({ at, ...kept }: KeptFile, state: object): object {
  return { ...kept, last: new Date(at).toISOString(), ...state }
}

function sha256Of(sealed: Buffer): { sha256: string } {
  return { sha256: createHash('sha256').update(sealed).digest('hex') }
}
