import type { Criterion, GroupDefinition, PolicyDefinition, RuleDefinition } from './definition.ts'

/**
 * What a policy means, said as plainly as can be: no index, no cache, no numbers. Tests hold `Policy` against it.
 */

export interface ReferencePeer {
  kind: 'workload' | 'external'
  attributes: Record<string, string>
  /** IPv4, for external peers. */
  address: string
  dns?: string
  virtualHost?: string
}

export function groupsOf(policy: PolicyDefinition, peer: ReferencePeer): Set<string> {
  const groups = new Set(
    peer.kind === 'workload' ? ['containers', 'fed.containers'] : ['external', 'fed.external'],
  )
  if (peer.kind === 'workload') groups.add(`nv.${peer.attributes.service}`)
  for (const group of policy.groups) if (isMember(group, peer)) groups.add(group.name)
  return groups
}

function isMember({ name, criteria }: GroupDefinition, peer: ReferencePeer): boolean {
  if (name.startsWith('nv.') && criteria.length === 0) return peer.attributes.service === name.slice(3)
  if (criteria.length === 0) return false
  if (criteria[0].key === 'address')
    return peer.kind === 'external' && criteria.some(({ value }) => hasAddress(peer, value))
  if (peer.kind !== 'workload') return false
  const keys = [...new Set(criteria.map(({ key }) => key))]
  return keys.every((key) => {
    const own = criteria.filter((criterion) => criterion.key === key)
    const allNegative = own.every(({ op }) => op.startsWith('!'))
    const holds = new Set(own.map((criterion) => holdsFor(criterion, peer.attributes[key] ?? '')))
    return allNegative ? !holds.has(false) : holds.has(true)
  })
}

function holdsFor({ op, value }: Criterion, text: string): boolean {
  const glob = new RegExp(
    `^${value
      .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
  )
  const isEqual = /[*?]/.test(value) ? text !== '' && glob.test(text) : text === value
  switch (op) {
    case '=':
      return isEqual
    case '!=':
      return !isEqual
    case 'contains':
      return text !== '' && text.includes(value)
    case 'prefix':
      return text !== '' && text.startsWith(value)
    case 'regex':
      return text !== '' && new RegExp(value).test(text)
    case '!regex':
      return text === '' || !new RegExp(value).test(text)
  }
}

function hasAddress({ address, dns, virtualHost }: ReferencePeer, value: string): boolean {
  if (value.startsWith('vh:')) return virtualHost !== undefined && hasName(virtualHost, value.slice(3))
  if (value.includes('/')) {
    const [base, length] = value.split('/')
    const size = 2 ** (32 - Number(length))
    return Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size)
  }
  if (/^[\d.]+-[\d.]+$/.test(value)) {
    const [first, last] = value.split('-').map(numberOf)
    return numberOf(address) >= first && numberOf(address) <= last
  }
  if (/^[\d.]+$/.test(value)) return address === value
  return dns !== undefined && hasName(dns, value)
}

function hasName(name: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

export interface ReferenceFlow {
  from: ReferencePeer
  to: ReferencePeer
  transport: 'tcp' | 'udp'
  port: number
  /** Undefined: not known yet. */
  application: string | undefined
}

/** Id of the rule that decides; undefined where none does; `pending` where the application would. */
export function decidingRule(policy: PolicyDefinition, flow: ReferenceFlow): string | undefined {
  const from = groupsOf(policy, flow.from)
  const to = groupsOf(policy, flow.to)
  for (const rule of inOrder(policy.rules)) {
    if (!from.has(rule.from) || !to.has(rule.to) || !hasPort(rule.ports, flow)) continue
    if (rule.applications.length === 0) return rule.id
    if (flow.application === undefined) return 'pending'
    if (rule.applications.some((name) => mayBe(name, rule.action, flow.application ?? ''))) return rule.id
  }
  return undefined
}

/** Redis is none of the applications that inspection tells. */
function mayBe(name: string, action: RuleDefinition['action'], seen: string): boolean {
  if (name.toLowerCase() === seen.toLowerCase()) return true
  return action === 'allow' && name === 'Redis' && seen === 'unheard-of'
}

function inOrder(rules: readonly RuleDefinition[]): RuleDefinition[] {
  const tiers = ['federal', 'yaml', 'user', 'learned']
  const place = (rule: RuleDefinition) =>
    tiers.indexOf(rule.tier) * 1000 - rule.priority * 2 - (rule.requirements === undefined ? 0 : 1)
  return rules.toSorted((a, b) => place(a) - place(b))
}

function hasPort(ports: string, { transport, port }: ReferenceFlow): boolean {
  if (ports === '' || ports === 'any') return true
  return ports.split(',').some((item) => {
    const [name, numbers] = item.includes('/') ? item.split('/') : ['tcp', item]
    const [first, last = first] = numbers === 'any' ? ['0', '65535'] : numbers.split('-')
    return name === transport && port >= Number(first) && port <= Number(last)
  })
}
