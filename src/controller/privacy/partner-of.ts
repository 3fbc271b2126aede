import { parseAddress } from '../../lib/ip.ts'
import { learnedGroupName } from '../../policy/groups/subject.ts'
import { processorOfGroup } from '../../policy/processors.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { PartyFacts } from '../../privacy/map/transfer.ts'

/**
 * The declared partner that a party is, by the policy's own groups: what a rule about the partner would be about. Undefined where it is
 * none. By name it is one where DNS answers said so, or as a virtual host; what a client merely writes into SNI or Host is no proof.
 */
export function partnerOf(party: PartyFacts, live: LivePolicy): string | undefined {
  const { policy } = live
  const partnerAmong = (peer: number) =>
    peer < 0 ? undefined : policy.groupsOfPeer(peer).flatMap((name) => processorOfGroup(name) ?? [])[0]
  if (party.kind === 'workload') {
    const running = party.workloads.map((id) => partnerAmong(live.peerOfWorkload(id)))
    return (
      running.find((name) => name !== undefined) ?? partnerAmong(policy.peerOfGroups(learnedGroups(party)))
    )
  }
  if (party.kind === 'outside') return undefined
  const names = { dns: party.dnsNames, virtualHost: party.name.replace(/:\d+$/, '') }
  const peers = party.addresses.map((address) => policy.peerOfAddress(parseAddress(address), names))
  return peers.map(partnerAmong).find((name) => name !== undefined)
}

/** Of a service that no longer runs. */
function learnedGroups({ service, namespace }: PartyFacts): string[] {
  return service === null || namespace === null ? [] : [learnedGroupName(service, namespace)]
}
