import type {
  AttackHandling,
  FailureMode,
  GroupDefinition,
  InspectionDepth,
  Mode,
  PolicyDefinition,
  RuleDefinition,
} from './definition.ts'
import { type Explanation, explain, type Outcome, type Question } from './explanation.ts'
import { builtInKind, canHaveMode } from './groups/builtin.ts'
import { type AddressPiece, Membership, type PeerNames } from './groups/membership.ts'
import type { Subject } from './groups/subject.ts'
import { conversationMode } from './modes.ts'
import { processorGroup } from './processors.ts'
import { applicationNumber, applicationPending } from './rules/applications.ts'
import { checkRequirements, summarise } from './rules/requirements.ts'
import { needsApplication, noRule } from './rules/rule-pair.ts'
import { RuleSet } from './rules/rule-set.ts'
import type { TransportCode } from './rules/transport.ts'
import { type Effect, effectOf, makeVerdict, rankOf, type Verdict } from './verdict.ts'

type Strictness = NonNullable<GroupDefinition['strictness']>

/** `off`: it is not told of. */
export type SensorHandling = 'block' | 'report' | 'off'

/** A change of a running policy. Groups and rules that are there already are replaced. */
export interface PolicyChange {
  removedRules?: readonly string[]
  rules?: readonly RuleDefinition[]
  removedGroups?: readonly string[]
  groups?: readonly GroupDefinition[]
}

/**
 * A policy that answers: who may talk with whom, how. Peers are numbers (classes of peers that are in the same groups), so that a
 * verdict is a few look-ups. It takes what `policyProblems` finds nothing in; of the rest, what cannot be understood matches nothing.
 */
export class Policy {
  /**
   * Grows when numbers of peers that were given out are no longer good: ask for them again. A change of groups does it, and now and
   * then a subject that is added or a name that is asked for, when most classes are of peers that are gone.
   */
  generation = 0
  readonly strictGroupMode: boolean
  readonly #newServiceMode: Mode
  readonly #newServiceProfileMode: Mode | undefined
  readonly #groups: Map<string, GroupDefinition>
  readonly #rules: Map<string, RuleDefinition>
  #membership: Membership
  #ruleSet: RuleSet
  /** Level of each class, by its number, and whether any group has one; filled when asked for. */
  #strictness: (Strictness | undefined)[] = []
  #hasStrictness = false
  #thresholds: readonly (readonly string[])[] = []
  /** By peer. */
  #ownThresholds: (readonly string[] | undefined)[] = []
  /** WAF sensors that any group names. */
  #namedSensors: ReadonlySet<string> = new Set()
  /** Mode of each class, by its number; filled when asked for. */
  #modes: (Mode | undefined | null)[] = []

  constructor(definition: PolicyDefinition) {
    const { groups, rules, processors, newServiceMode, newServiceProfileMode, strictGroupMode } = definition
    this.strictGroupMode = strictGroupMode
    this.#newServiceMode = newServiceMode
    this.#newServiceProfileMode = newServiceProfileMode
    const all = [...groups, ...processors.map(processorGroup)]
    this.#groups = new Map(all.map((group) => [group.name, group]))
    this.#learnSettings()
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]))
    this.#membership = new Membership(all)
    this.#ruleSet = this.#makeRules(this.#membership)
  }

  #makeRules(membership: Membership): RuleSet {
    const set = new RuleSet(
      (name) => membership.numberOf(name),
      (peerClass) => membership.classes.groupsOf(peerClass),
    )
    set.change([], [...this.#rules.values()])
    return set
  }

  /** A workload or node has come, or something about it has changed. */
  addSubject(subject: Subject): void {
    this.#membership.add(subject)
    this.#boundClasses()
  }

  removeSubject(id: string): void {
    this.#membership.remove(id)
  }

  /** A change of rules alone keeps peers' numbers; one of groups does not. */
  change({ removedRules = [], rules = [], removedGroups = [], groups = [] }: PolicyChange): void {
    for (const id of removedRules) this.#rules.delete(id)
    for (const rule of rules) this.#rules.set(rule.id, rule)
    if (removedRules.length + rules.length > 0) this.#ruleSet.change(removedRules, rules)
    if (removedGroups.length + groups.length === 0) return
    for (const name of removedGroups) this.#groups.delete(name)
    for (const group of groups) this.#groups.set(group.name, group)
    const gone = removedGroups.map((name) => ({ name, criteria: [] }))
    this.#membership.redefine([...gone, ...groups])
    this.#modes = []
    this.#learnSettings()
    this.generation++
  }

  setMode(group: string, mode: Mode): void {
    const known = this.#groups.get(group) ?? { name: group, criteria: [] }
    this.#groups.set(group, { ...known, mode })
    this.#modes = []
  }

  /** Number of a workload or node; -1 where it has not been added. */
  peerOfSubject(id: string): number {
    return this.#membership.ofSubject(id)
  }

  /**
   * Number of a peer that is neither: 4 or 16 bytes in network order, or undefined where only names are known of it, and what it
   * is called.
   */
  peerOfAddress(address: Uint8Array | undefined, names?: PeerNames): number {
    if (names === undefined && address !== undefined) return this.#membership.ofAddress(address)
    this.#boundClasses()
    return this.#membership.ofNamed(address, names ?? {})
  }

  /**
   * Whether a rule may speak of a connection to a port of somebody outside once DNS answers have named its address, or with `host` once
   * the client has asked for a host.
   */
  dependsOnNames(by: 'dns' | 'host', from: number, transport: TransportCode, port: number): boolean {
    const named = this.#membership.ofAllNamed(by)
    return this.#ruleSet.pairOf(from, named).decide(transport, port, applicationPending) !== noRule
  }

  /** Whether any group is told by DNS names: what an address is depends on answers. */
  get hasDnsNames(): boolean {
    return this.#membership.hasDnsNames
  }

  /** Where the address space is cut, and the peer of each piece, in order. */
  addressPieces(): AddressPiece[] {
    return this.#membership.addressPieces()
  }

  /**
   * First ports of the pieces of a transport's ports that connections from one peer to another are decided by, ascending from 0. With
   * `outside` those are cut, too, at which names may decide.
   */
  portPieces(from: number, to: number, transport: TransportCode, outside: boolean): number[] {
    const peers = outside
      ? [to, this.#membership.ofAllNamed('dns'), this.#membership.ofAllNamed('host')]
      : [to]
    const cuts = peers.flatMap((peer) => [...this.#ruleSet.pairOf(from, peer).pieces(transport)])
    return [...new Set(cuts)].toSorted((a, b) => a - b)
  }

  /** Number of a peer that is said to be in these groups. */
  peerOfGroups(names: readonly string[]): number {
    return this.#membership.ofGroups(names)
  }

  /** Whether a group is defined by addresses, or of such groups, so that its members are external. */
  isByAddress(name: string): boolean {
    const group = this.#groups.get(name)
    return group?.criteria[0]?.key === 'address' || (group?.includes ?? []).length > 0
  }

  /** In no group but those of all outside: the policy is not about it. */
  isOutside(peer: number): boolean {
    return this.groupsOfPeer(peer).every((name) => builtInKind(name) === 'external')
  }

  groupsOfPeer(peer: number): string[] {
    return this.#membership.classes.groupsOf(peer).map((group) => this.#membership.nameOf(group))
  }

  /** What is to be done with a connection from one peer to another's port. Under a microsecond once its pair is known. */
  decide(from: number, to: number, transport: TransportCode, port: number, application: number): Verdict {
    const rank = this.#ruleSet.pairOf(from, to).decide(transport, port, application)
    return makeVerdict(this.effectFor(rank, this.modeBetween(from, to)), Math.max(rank, noRule))
  }

  /** What a rule's rank, or the lack of a rule, comes to in a mode. No mode: nobody there is ours to learn from, so it is held. */
  effectFor(rank: number, mode: Mode | undefined): Effect {
    if (rank === needsApplication) return 'await-application'
    const rule = rank === noRule ? undefined : this.#ruleSet.ranked[rank].definition
    if (rule?.action === 'allow') return rule.requirements === undefined ? 'pass' : 'check-requirements'
    return denialIn(mode, rule === undefined)
  }

  /** What comes to a denial by a rule. */
  denial(mode: Mode | undefined): Effect {
    return denialIn(mode, false)
  }

  modeBetween(from: number, to: number): Mode | undefined {
    return conversationMode(this.modeOfPeer(from), this.modeOfPeer(to), this.strictGroupMode)
  }

  /** The mode of the group that it is learned as; undefined where it is no workload or node. */
  modeOfPeer(peer: number): Mode | undefined {
    const known = this.#modes[peer]
    if (known !== undefined) return known ?? undefined
    const group = this.groupsOfPeer(peer).find(canHaveMode)
    const mode = group === undefined ? undefined : (this.#groups.get(group)?.mode ?? this.#newServiceMode)
    this.#modes[peer] = mode ?? null
    return mode
  }

  /** Of processes and files, as `modeOfPeer` of the network. */
  profileModeOfPeer(peer: number): Mode | undefined {
    const name = this.groupsOfPeer(peer).find(canHaveMode)
    if (name === undefined) return undefined
    const group = this.#groups.get(name)
    return group?.profileMode ?? group?.mode ?? this.#newServiceProfileMode ?? this.#newServiceMode
  }

  /** What becomes of a peer's traffic while it cannot be inspected: `closed` where one of its groups says so. */
  failureOf(peer: number): FailureMode {
    return this.#groupsOf(peer).some(({ onFailure }) => onFailure === 'closed') ? 'closed' : 'open'
  }

  /** What becomes of attacks in a peer's connections: cut where one of its groups says so. */
  attacksOf(peer: number): AttackHandling {
    return this.#groupsOf(peer).some(({ attacks }) => attacks === 'block') ? 'block' : 'report'
  }

  /** Whether any group has requests judged more strictly than usual. */
  get hasStrictness(): boolean {
    return this.#hasStrictness
  }

  /** How strictly requests of a peer and to it are judged: as the strictest of its groups has it. */
  strictnessOf(peer: number): Strictness {
    if (!this.#hasStrictness) return 1
    return (this.#strictness[peer] ??= this.#groupsOf(peer).reduce<Strictness>(
      (most, { strictness = 1 }) => (strictness > most ? strictness : most),
      1,
    ))
  }

  /** Which threats to a peer are cut: what any of its groups says, together; `usual` where none says anything. */
  threatsOf(peer: number): 'usual' | 'all' | 'none' | ReadonlySet<number> {
    const said = this.#groupsOf(peer).flatMap(({ threats }) => (threats === undefined ? [] : [threats]))
    if (said.length === 0) return 'usual'
    if (said.includes('block')) return 'all'
    const listed = said.flatMap((each) => (typeof each === 'string' ? [] : each))
    return listed.length === 0 ? 'none' : new Set(listed)
  }

  /** What groups say of thresholds of threats: of each that says something. */
  get thresholds(): readonly (readonly string[])[] {
    return this.#thresholds
  }

  /** What a peer's groups say of thresholds; the same array as long as this policy holds and the peer is in the same groups. */
  thresholdsOf(peer: number): readonly string[] | undefined {
    if (this.#thresholds.length === 0) return undefined
    const known = this.#ownThresholds[peer]
    if (known !== undefined) return known
    const said = this.#groupsOf(peer).flatMap(({ thresholds }) =>
      thresholds === undefined ? [] : [thresholds],
    )
    return (this.#ownThresholds[peer] = said.length === 1 ? said[0] : said.flat())
  }

  /** WAF sensors that a peer's groups have cut what they match. */
  deniedSensorsOf(peer: number): readonly string[] {
    return this.#groupsOf(peer).flatMap(({ deniedSensors = [] }) => deniedSensors)
  }

  /** What becomes of what a WAF sensor matches in requests to a peer. One that no group names tells of it wherever it matches. */
  sensorHandling(peer: number, sensor: string): SensorHandling {
    const groups = this.#groupsOf(peer)
    if (groups.some(({ deniedSensors = [] }) => deniedSensors.includes(sensor))) return 'block'
    if (groups.some(({ toldSensors = [] }) => toldSensors.includes(sensor))) return 'report'
    return this.#namedSensors.has(sensor) ? 'off' : 'report'
  }

  /** How far a peer's held connections are inspected: no further than it takes where one of its groups says so, and none more. */
  inspectionOf(peer: number): InspectionDepth {
    if (this.attacksOf(peer) === 'block' || this.deniedSensorsOf(peer).length > 0) return 'content'
    const said = this.#groupsOf(peer).flatMap(({ inspection }) => inspection ?? [])
    return said.length > 0 && !said.includes('content') ? 'application' : 'content'
  }

  #groupsOf(peer: number): GroupDefinition[] {
    return this.groupsOfPeer(peer).flatMap((name) => this.#groups.get(name) ?? [])
  }

  /** All rules in the order in which they are asked. */
  get rankedRules(): RuleDefinition[] {
    return this.#ruleSet.ranked.map(({ definition }) => definition)
  }

  /** The rule of a verdict's rank. */
  ruleAt(rank: number): RuleDefinition | undefined {
    return this.#ruleSet.ranked[rank]?.definition
  }

  /** What the rules alone say of a connection, whatever the mode: what `explain` says, at the cost of `decide`. */
  outcome({ from, to, transport, port, application, facts }: Question): Outcome {
    const number = application === undefined ? applicationPending : applicationNumber(application)
    const verdict = this.decide(from, to, transport, port, number)
    const effect = effectOf(verdict)
    if (effect === 'pass') return 'allowed'
    if (effect === 'await-application') return 'pending'
    const requirements = this.ruleAt(rankOf(verdict))?.requirements
    if (effect !== 'check-requirements' || requirements === undefined) return 'denied'
    const check = summarise(checkRequirements(requirements, facts))
    return check === 'met' ? 'allowed' : check === 'pending' ? 'pending' : 'denied'
  }

  /** The verdict on a connection, with all that speaks for it. */
  explain(question: Question): Explanation {
    const { classes } = this.#membership
    return explain(this, question, {
      rules: this.#ruleSet.ranked,
      fromGroups: new Set(classes.groupsOf(question.from)),
      toGroups: new Set(classes.groupsOf(question.to)),
    })
  }

  #learnSettings(): void {
    const groups = [...this.#groups.values()]
    this.#strictness = []
    this.#ownThresholds = []
    this.#thresholds = groups.flatMap(({ thresholds }) => (thresholds === undefined ? [] : [thresholds]))
    this.#hasStrictness = groups.some(({ strictness = 1 }) => strictness > 1)
    this.#namedSensors = new Set(
      groups.flatMap(({ deniedSensors = [], toldSensors = [], offSensors = [] }) => [
        ...deniedSensors,
        ...toldSensors,
        ...offSensors,
      ]),
    )
  }

  #boundClasses(): void {
    if (this.#membership.isCrowded) this.#rebuild()
  }

  #rebuild(): void {
    const { subjects } = this.#membership
    this.generation++
    this.#membership = new Membership([...this.#groups.values()])
    this.#modes = []
    this.#strictness = []
    this.#ownThresholds = []
    this.#ruleSet = this.#makeRules(this.#membership)
    for (const subject of subjects) this.#membership.add(subject)
  }
}

/** What is denied, or spoken of by no rule, in a mode. */
function denialIn(mode: Mode | undefined, isUnspoken: boolean): Effect {
  if (mode === undefined || mode === 'Protect') return 'block'
  return mode === 'Discover' && isUnspoken ? 'learn' : 'report'
}
