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
  if (party.kind === 'workload') {
    const running = party.workloads.map((id) => partnerAmong(live.peerOfWorkload(id), policy))
    return (
      running.find((name) => name !== undefined) ??
      partnerAmong(policy.peerOfGroups(learnedGroups(party)), policy)
    )
  }
  return party.kind === 'outside' ? undefined : partnerNamed(party, live, party.dnsNames)
}

/**
 * The partner that a party would be if it were who it was asked for as: nobody but the client has said so. Undefined where that is the
 * name of none.
 */
export function resembledPartner(party: PartyFacts, live: LivePolicy): string | undefined {
  return party.kind === 'server' ? partnerNamed(party, live, [statedName(party)]) : undefined
}

function partnerNamed(party: PartyFacts, { policy }: LivePolicy, dns: readonly string[]): string | undefined {
  const names = { dns, virtualHost: statedName(party) }
  const peers = party.addresses.map((address) => policy.peerOfAddress(parseAddress(address), names))
  return peers.map((peer) => partnerAmong(peer, policy)).find((name) => name !== undefined)
}

function partnerAmong(peer: number, policy: LivePolicy['policy']): string | undefined {
  return peer < 0 ? undefined : policy.groupsOfPeer(peer).flatMap((name) => processorOfGroup(name) ?? [])[0]
}

/** Without its port. */
function statedName({ name }: PartyFacts): string {
  return name.replace(/:\d+$/, '')
}

/** Of a service that no longer runs. */
function learnedGroups({ service, namespace }: PartyFacts): string[] {
  return service === null || namespace === null ? [] : [learnedGroupName(service, namespace)]
}
