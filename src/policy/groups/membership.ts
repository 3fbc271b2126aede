import type { GroupDefinition } from '../definition.ts'
import { policyLimits } from '../limits.ts'
import { type AddressWords, parseAddressValue } from './address.ts'
import { type AddressRange, AddressTable } from './address-table.ts'
import { builtInGroups, builtInKind, learnedCriteria } from './builtin.ts'
import { CompiledCriteria } from './criteria.ts'
import { NameGroups } from './name-groups.ts'
import { PeerClasses, sortedSet } from './peer-classes.ts'
import type { Subject } from './subject.ts'

/** What is known of an external peer besides its address. Names come from DNS answers, virtual hosts from SNI and Host. */
export interface PeerNames {
  dns?: readonly string[]
  virtualHost?: string
}

/** Addresses whose peers are of one class, up to the first of the next piece. */
export interface AddressPiece {
  first: AddressWords
  peer: number
}

interface Member {
  subject: Subject
  /** Groups that it is in itself, not through one that includes another. */
  direct: Set<number>
  peerClass: number
}

/**
 * Groups by number, who is in them, and the class of each peer. Workloads come and go, and groups change, without the others being
 * looked at again.
 */
export class Membership {
  readonly classes = new PeerClasses()
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #definitions = new Map<number, GroupDefinition>()
  readonly #criteria = new Map<number, CompiledCriteria>()
  /** Groups by a key and value that all of their members have. */
  readonly #anchored = new Map<string, Set<number>>()
  readonly #unanchored = new Set<number>()
  readonly #members = new Map<string, Member>()
  /** Groups that include a group, by its number. */
  #includedIn = new Map<number, number[]>()
  #addresses = new AddressTable([])
  #dnsNames = new NameGroups()
  #virtualHosts = new NameGroups()
  /** Class of each piece of the address space, -1 where it has not been asked for. */
  #pieceClasses = new Int32Array(1)
  #allNamed: { dns?: number; host?: number } = {}
  readonly #namedClasses = new Map<string, number>()

  constructor(groups: readonly GroupDefinition[]) {
    for (const name of builtInGroups) this.numberOf(name)
    for (const group of groups) this.#define(group)
    this.#readIncludes()
    this.#readAddresses()
  }

  /** Puts groups in the place of those of their names, without criteria for one that goes. Peers may get other numbers. */
  redefine(groups: readonly GroupDefinition[]): void {
    const before = groups.map(({ name }) => this.#definitions.get(this.numberOf(name)))
    const numbers = groups.map((group) => this.#define(group))
    const all = [...groups, ...before]
    const hasIncludes = all.some((group) => (group?.includes ?? []).length > 0)
    if (hasIncludes) this.#readIncludes()
    if (hasIncludes || all.some((group) => group?.criteria.some(({ key }) => key === 'address')))
      this.#readAddresses()
    for (const member of this.#members.values()) this.#reconsider(member, numbers, hasIncludes)
  }

  /** Looks again whether a member is in some groups. */
  #reconsider(member: Member, groups: readonly number[], isChanged: boolean): void {
    const { subject, direct } = member
    let changed = isChanged
    for (const group of groups) {
      const belongs = this.#isMember(subject, group)
      if (belongs === direct.has(group)) continue
      changed = true
      if (belongs) direct.add(group)
      else direct.delete(group)
    }
    if (changed) member.peerClass = this.classes.classOf(this.#withIncluding(direct))
  }

  /** The number of a group; it gets one with its first mention, and its criteria where it is learned. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }

  nameOf(group: number): string {
    return this.#names[group]
  }

  #define(group: GroupDefinition): number {
    const { name, criteria } = group
    const number = this.numberOf(name)
    this.#undefine(number)
    this.#definitions.set(number, group)
    if (builtInKind(name) !== undefined) return number
    const used = learnedCriteria(name) ?? criteria.filter(({ key }) => key !== 'address')
    if (used.length === 0) return number
    const compiled = new CompiledCriteria(used)
    this.#criteria.set(number, compiled)
    const { anchor } = compiled
    if (anchor === undefined) this.#unanchored.add(number)
    else add(this.#anchored, anchorKey(anchor.key, anchor.value), number)
    return number
  }

  #undefine(number: number): void {
    const anchor = this.#criteria.get(number)?.anchor
    if (anchor !== undefined) this.#anchored.get(anchorKey(anchor.key, anchor.value))?.delete(number)
    this.#unanchored.delete(number)
    this.#criteria.delete(number)
  }

  #readIncludes(): void {
    this.#allNamed = {}
    this.#includedIn = new Map()
    for (const [number, { includes = [] }] of this.#definitions) {
      for (const name of includes) {
        const other = this.numberOf(name)
        this.#includedIn.set(other, [...(this.#includedIn.get(other) ?? []), number])
      }
    }
  }

  #readAddresses(): void {
    this.#allNamed = {}
    this.#dnsNames = new NameGroups()
    this.#virtualHosts = new NameGroups()
    this.#namedClasses.clear()
    this.#addresses = new AddressTable(
      [...this.#definitions].flatMap(([group, each]) => this.#rangesOf(group, each)),
    )
    this.#pieceClasses = new Int32Array(this.#addresses.groups.length).fill(-1)
  }

  /** Ranges of a group; its names are put where names are. */
  #rangesOf(group: number, { criteria }: GroupDefinition): AddressRange[] {
    return criteria.flatMap(({ key, value }) => {
      const address = key === 'address' ? parseAddressValue(value) : undefined
      if (address === undefined) return []
      if (address.kind === 'range') return [{ first: address.first, last: address.last, group }]
      const names = address.kind === 'name' ? this.#dnsNames : this.#virtualHosts
      names.add(address.name, address.isWildcard, group)
      return []
    })
  }

  /** There are so many classes that most must be of peers that are gone. */
  get isCrowded(): boolean {
    return this.classes.size > policyLimits.peerClasses + this.#addresses.groups.length + this.#members.size
  }

  /** Adds a subject or replaces it. @returns its class */
  add(subject: Subject): number {
    const direct = this.#directGroups(subject)
    const peerClass = this.classes.classOf(this.#withIncluding(direct))
    this.#members.set(subject.id, { subject, direct, peerClass })
    return peerClass
  }

  remove(id: string): void {
    this.#members.delete(id)
  }

  get subjects(): Subject[] {
    return [...this.#members.values()].map(({ subject }) => subject)
  }

  get hasDnsNames(): boolean {
    return this.#dnsNames.groups.length > 0
  }

  /** Class that is in all groups which DNS answers may make somebody a member of, or with `host` SNI and Host. */
  ofAllNamed(by: 'dns' | 'host'): number {
    const known = this.#allNamed[by]
    if (known !== undefined) return known
    const { groups } = by === 'dns' ? this.#dnsNames : this.#virtualHosts
    const peerClass = this.classes.classOf(this.#withIncluding(groups))
    this.#allNamed[by] = peerClass
    return peerClass
  }

  /** Where the address space is cut, and the class of each piece, in order. */
  addressPieces(): AddressPiece[] {
    return this.#addresses.groups.map((_, piece) => ({
      first: this.#addresses.startOf(piece),
      peer: this.#pieceClasses[piece] >= 0 ? this.#pieceClasses[piece] : this.#classifyPiece(piece),
    }))
  }

  /** Class of a subject; -1 where it is not known. */
  ofSubject(id: string): number {
    return this.#members.get(id)?.peerClass ?? -1
  }

  /** Class of a peer that is known by its address alone: 4 or 16 bytes in network order. Nothing is allocated. */
  ofAddress(address: Uint8Array): number {
    const piece = this.#addresses.pieceOf(address)
    const known = this.#pieceClasses[piece]
    return known >= 0 ? known : this.#classifyPiece(piece)
  }

  /** Class of a peer that has names besides its address, or of one of which only names are known. */
  ofNamed(address: Uint8Array | undefined, names: PeerNames): number {
    const piece = address === undefined ? -1 : this.#addresses.pieceOf(address)
    const { dns = [], virtualHost } = names
    const key = `${piece} ${dns.join(' ')}\n${virtualHost ?? ''}`
    const known = this.#namedClasses.get(key)
    if (known !== undefined) return known
    const groups = piece < 0 ? [] : [...this.#addresses.groups[piece]]
    groups.push(...dns.flatMap((name) => this.#dnsNames.groupsOf(name)))
    if (virtualHost !== undefined) groups.push(...this.#virtualHosts.groupsOf(virtualHost))
    const peerClass = this.#externalClass(groups)
    if (this.#namedClasses.size >= policyLimits.names) this.#namedClasses.clear()
    this.#namedClasses.set(key, peerClass)
    return peerClass
  }

  /** Class of a peer that is said to be in these groups. */
  ofGroups(names: readonly string[]): number {
    const groups = names.map((name) => this.numberOf(name))
    return this.classes.classOf(this.#withIncluding(groups))
  }

  #classifyPiece(piece: number): number {
    const peerClass = this.#externalClass(this.#addresses.groups[piece])
    this.#pieceClasses[piece] = peerClass
    return peerClass
  }

  #externalClass(groups: readonly number[]): number {
    return this.classes.classOf(this.#withIncluding([...groups, ...this.#builtIn('external')]))
  }

  #directGroups(subject: Subject): Set<number> {
    const { kind, attributes, learnedGroup } = subject
    const groups = new Set(this.#builtIn(kind))
    if (kind === 'workload') {
      for (const [key, value] of attributes) {
        for (const group of this.#anchored.get(anchorKey(key, value)) ?? [])
          if (this.#isMember(subject, group)) groups.add(group)
      }
      for (const group of this.#unanchored) if (this.#isMember(subject, group)) groups.add(group)
    }
    if (learnedGroup !== null) groups.add(this.numberOf(learnedGroup))
    return groups
  }

  #isMember({ kind, attributes, learnedGroup }: Subject, group: number): boolean {
    const name = this.#names[group]
    if (name === learnedGroup || builtInKind(name) === kind) return true
    return kind === 'workload' && this.#criteria.get(group)?.matches(attributes) === true
  }

  #builtIn(kind: 'workload' | 'node' | 'external'): number[] {
    return builtInGroups.filter((name) => builtInKind(name) === kind).map((name) => this.numberOf(name))
  }

  #withIncluding(groups: Iterable<number>): number[] {
    const all = [...groups]
    if (this.#includedIn.size === 0) return sortedSet(all)
    return sortedSet(all.flatMap((group) => [group, ...(this.#includedIn.get(group) ?? [])]))
  }
}

function add<Key>(map: Map<Key, Set<number>>, key: Key, value: number): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([value]))
  else set.add(value)
}

function anchorKey(key: string, value: string): string {
  return `${key}\n${value}`
}
