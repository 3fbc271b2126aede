import type { ProcessorDefinition } from '../../model/processor.ts'
import { learnedGroupName } from '../../policy/groups/subject.ts'
import type { Difference } from '../../privacy/differences/difference.ts'
import type { Transfer, TransferParty } from '../../privacy/map/transfer.ts'
import type {
  EgressRuleObject,
  PolicyObject,
  ProcessorObject,
} from '../../security-as-code/policy/schemas.ts'

/** What a difference is resolved with. */
export interface ResolutionSources {
  difference: Difference
  /** Those that show it. */
  transfers: readonly Transfer[]
  processors: readonly ProcessorDefinition[]
}

/** Objects that resolve a difference, and what a person still has to write into them. */
export interface Resolution {
  objects: PolicyObject[]
  missing: string[]
}

const own = 'pavise.dev/v1'
/** Before what anybody else has written. */
const priority = 100

/** What is so, written down: the partner, a category that it receives, a ground for the transfer, where else it is. */
export function declaration({ difference, transfers, processors }: ResolutionSources): Resolution {
  const resembled = transfers.find(({ recipient }) => recipient.resembles !== null)?.recipient.resembles?.name
  const partner = difference.recipient?.processor ?? resembled
  const known = processors.find(({ name }) => name === partner)
  if (known === undefined) return newProcessor(difference, transfers)
  const object = processorObject(known)
  const { spec } = object
  if (difference.recipient?.processor === null) {
    spec.addresses = [...new Set([...known.addresses, ...addressesOf(transfers)])]
    return { objects: [object], missing: ['addresses: whether they are really of this partner'] }
  }
  switch (difference.kind) {
    case 'beyond-declaration':
      spec.categories = [...(spec.categories ?? []), ...difference.categories]
      return { objects: [object], missing: ['purposes'] }
    case 'other-country': {
      const sub = { name: '', country: difference.country ?? '' }
      spec.subProcessors = [...(spec.subProcessors ?? []), sub]
      return { objects: [object], missing: ['subProcessors.name', 'subProcessors.transferMechanism'] }
    }
    default:
      delete spec.transferMechanism
      return { objects: [object], missing: ['transferMechanism', 'transferReference'] }
  }
}

function newProcessor({ recipient, id, categories }: Difference, transfers: readonly Transfer[]): Resolution {
  const name = slug(recipient?.name ?? id)
  const country = transfers.flatMap((each) => each.recipient.countries.map((found) => found.country))[0]
  const object: ProcessorObject = {
    apiVersion: own,
    kind: 'Processor',
    metadata: { name },
    spec: {
      name: hostOf(recipient?.name ?? name),
      role: 'processor',
      country: country ?? '',
      categories: [...categories],
      addresses: addressesOf(transfers),
    },
  }
  const missing = ['name', 'role', 'contract', 'contractDate', 'purposes', 'transferMechanism']
  return { objects: [object], missing: country === undefined ? ['country', ...missing] : missing }
}

function processorObject({ name, displayName, ...rest }: ProcessorDefinition): ProcessorObject {
  const { categories, addresses, groups, subProcessors, purposes, securityMeasures, ...plain } = rest
  return {
    apiVersion: own,
    kind: 'Processor',
    metadata: { name },
    spec: {
      name: displayName,
      ...plain,
      ...(subProcessors !== undefined && { subProcessors: subProcessors.map((each) => ({ ...each })) }),
      ...(purposes !== undefined && { purposes: [...purposes] }),
      ...(securityMeasures !== undefined && { securityMeasures: [...securityMeasures] }),
      ...{ categories: [...categories], addresses: [...addresses], groups: [...groups] },
    },
  }
}

/** Rules by which it is no longer so. In groups that are not in Protect they report, and block nothing. */
export function prohibition(sources: ResolutionSources): Resolution {
  const { difference, transfers } = sources
  if (difference.kind === 'label-inspection' || difference.kind === 'label-encryption')
    return { objects: [expectation(difference)], missing: [] }
  const senders = [...new Map(transfers.map(({ sender }) => [sender.id, sender])).values()]
  const [{ recipient }] = transfers
  const objects = senders.flatMap((sender, i) => {
    const from = groupOf(sender)
    return from === undefined
      ? []
      : forbidden({ sources, from, sender, recipient, name: `${difference.id}-${i + 1}` })
  })
  return { objects, missing: [] }
}

interface Forbidden {
  sources: ResolutionSources
  from: string
  sender: TransferParty
  recipient: TransferParty
  name: string
}

function forbidden({ sources, from, sender, recipient, name }: Forbidden): PolicyObject[] {
  const { difference } = sources
  const group = `pavise.${difference.id}`
  if (difference.kind === 'in-the-clear' || difference.kind === 'beyond-declaration') {
    const asked =
      difference.kind === 'in-the-clear'
        ? { encryption: { required: true as const } }
        : { personalData: { forbidden: [...difference.categories] } }
    const [to, define] = targetOf(recipient, group)
    const rule: EgressRuleObject = {
      ...{ apiVersion: own, kind: 'EgressRule', metadata: { name: `pavise.${name}` } },
      spec: { from, ...to, priority, ...asked },
    }
    return [...define, rule]
  }
  return [denial({ from, sender, recipient, name, group, sources })]
}

/** Whom a rule is about, and the group that has to be defined for it. */
function targetOf(
  recipient: TransferParty,
  group: string,
): [to: Pick<EgressRuleObject['spec'], 'toGroup' | 'toProcessor'>, define: PolicyObject[]] {
  if (recipient.processor !== null) return [{ toProcessor: recipient.processor.name }, []]
  const learned = groupOf(recipient)
  if (learned !== undefined) return [{ toGroup: learned }, []]
  const selector = { name: group, criteria: addressCriteria(partyAddresses(recipient)) }
  return [
    { toGroup: group },
    [
      {
        apiVersion: 'neuvector.com/v1',
        kind: 'NvGroupDefinition',
        metadata: { name: group },
        spec: { selector },
      },
    ],
  ]
}

function denial({
  from,
  sender,
  recipient,
  name,
  group,
  sources,
}: Forbidden & { group: string }): PolicyObject {
  const learned = groupOf(recipient)
  const declared = sources.processors.find((each) => each.name === recipient.processor?.name)?.addresses ?? []
  const addresses = [...new Set([...declared, ...partyAddresses(recipient)])]
  const selector =
    learned === undefined
      ? { name: group, criteria: addressCriteria(addresses) }
      : learnedSelector(learned, recipient)
  return {
    apiVersion: 'neuvector.com/v1',
    kind: 'NvSecurityRule',
    metadata: { name: `pavise.${name}`, namespace: sender.namespace ?? 'default' },
    spec: {
      target: { selector: learnedSelector(from, sender) },
      egress: [
        { action: 'deny', name: `pavise.${name}`, selector, applications: ['any'], ports: 'any', priority },
      ],
    },
  }
}

function expectation({ id, kind, senders: [service] }: Difference): PolicyObject {
  const [namespace, ...rest] = service.split('/')
  const group = learnedGroupName(rest.join('/'), namespace)
  const metadata = { name: `pavise.${id}` }
  if (kind === 'label-inspection')
    return {
      ...{ apiVersion: own, kind: 'Protection', metadata },
      spec: { groups: [group], inspection: 'content' },
    }
  return {
    ...{ apiVersion: own, kind: 'EgressRule', metadata },
    spec: { from: group, toGroup: 'external', priority, encryption: { required: true } },
  }
}

function groupOf({ service, namespace }: TransferParty): string | undefined {
  return service === null || namespace === null ? undefined : learnedGroupName(service, namespace)
}

function learnedSelector(name: string, { namespace }: TransferParty) {
  return {
    name,
    criteria: [
      { key: 'service', op: '=', value: name.slice('nv.'.length) },
      { key: 'domain', op: '=', value: namespace ?? 'default' },
    ],
  }
}

function addressCriteria(addresses: readonly string[]) {
  return addresses.map((value) => ({ key: 'address', op: '=', value }))
}

/** Names that DNS answers gave go before addresses, which change; what a client called it by proves nothing. */
function partyAddresses({ dnsNames, addresses }: TransferParty): readonly string[] {
  return dnsNames.length > 0 ? dnsNames : addresses
}

function addressesOf(transfers: readonly Transfer[]): string[] {
  return [...new Set(transfers.flatMap(({ recipient }) => partyAddresses(recipient)))]
}

/** `lab.example` of `lab.example:443`. */
function hostOf(name: string): string {
  return name.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}

/** A name that an object can have. */
function slug(name: string): string {
  const parts = hostOf(name)
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['partner']
  return parts.join('-').slice(0, 200)
}
