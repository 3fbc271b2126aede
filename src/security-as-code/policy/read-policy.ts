import type { ProcessorDefinition } from '../../model/processor.ts'
import { responseLimits } from '../../policy/limits.ts'
import type { AttackException } from '../../model/attack-exception.ts'
import type { ResponseRuleDefinition } from '../../policy/response/definition.ts'
import { emptyPolicy, type PolicyDefinition, type PolicyProblem } from '../../policy/definition.ts'
import { builtInProtocols } from '../../inspect/protocols.ts'
import { applicationNumber, applicationUnknown } from '../../policy/rules/applications.ts'
import { policyProblems } from '../../policy/policy-problems.ts'
import { SensorError } from '../sensor-error.ts'
import { readObjects, type SourceObject, type SourceText } from '../yaml-documents.ts'
import { checkedObject, isPolicyKind } from './checked-object.ts'
import { GroupList } from './group-list.ts'
import { objectKey, type PlacedObject } from './placed-object.ts'
import { withCurrentOperators } from './operators.ts'
import { readEgressRule, readFileAccess, readProtection } from './own-kinds.ts'
import { readProcessor } from './processor-kind.ts'
import { checkPersonalDataLabels, personalDataLabelsOf } from './personal-data-labels-kind.ts'
import { type FileProblem, type ObjectReport, tellError, tellWarning } from './policy-object.ts'
import { readAttackException } from './attack-exception-kind.ts'
import { readGroupResponses, readNvResponseRule, readResponseRule } from './response-kinds.ts'
import type { EgressRuleObject, PolicyObject, ProcessorObject } from './schemas.ts'
import { type PlacedRule, readGroupDefinition, readSecurityRule, ruleOwner } from './security-rule.ts'

/** What files say, and everything that is wrong with it. */
export interface ReadPolicy {
  definition: PolicyDefinition
  objects: PlacedObject[]
  problems: FileProblem[]
}

/** Kinds that belong to other parts of Pavise or NeuVector and may stand in the same files, and who takes them. */
const otherKinds = new Map([
  ['NvDlpSecurityRule', 'Add it with pavise sensors add.'],
  ['Recogniser', 'Add it with pavise sensors add.'],
  ['NvAdmissionControlSecurityRule', 'Nothing takes it yet.'],
  ['NvWafSecurityRule', 'Add it with pavise sensors add.'],
  ['NvVulnerabilityProfile', 'Nothing takes it yet.'],
  ['NvComplianceProfile', 'Nothing takes it yet.'],
  ['NvConfigSecurityRule', 'Nothing takes it yet.'],
])

/**
 * Reads NeuVector's rules and groups, and our kinds, from YAML or JSON: several documents, lists, null for nothing, as NeuVector
 * exports them. It does not end at the first thing that is wrong.
 *
 * @param beside objects that hold together with them, but for those that the texts have as well: what is wrong with all of it as a
 * whole is told, where these are meant by where they were written
 */
export function readPolicy(texts: readonly SourceText[], beside: readonly PlacedObject[] = []): ReadPolicy {
  const reader = new PolicyReader()
  for (const text of texts) reader.readText(text)
  reader.readBeside(beside)
  return reader.finish()
}

/** The same of objects that were read before; what is wrong is told by where they were written and the path within. */
export function readPolicyObjects(objects: readonly PlacedObject[]): ReadPolicy {
  const reader = new PolicyReader()
  for (const each of objects) reader.readObject(sourceOf(each))
  return reader.finish()
}

function sourceOf({ place, object: value }: PlacedObject): SourceObject {
  const at = (path: readonly (string | number)[]) => [place, path.join('.')].join(' ').trim()
  return { value, place, document: 1, at }
}

class PolicyReader {
  readonly #problems: FileProblem[] = []
  readonly #objects: PlacedObject[] = []
  readonly #byKey = new Map<string, PlacedObject>()
  readonly #groups = new GroupList()
  readonly #rules: PlacedRule[] = []
  readonly #responses: ResponseRuleDefinition[] = []
  readonly #exceptions: AttackException[] = []
  readonly #processors = new Map<string, ProcessorDefinition>()
  readonly #processorReports = new Map<string, ObjectReport>()
  /** Names of objects that are not as they should be: that they are not there is no second thing to tell. */
  readonly #refused = new Set<string>()
  readonly #egressRules: { object: EgressRuleObject; report: ObjectReport }[] = []

  readText(text: SourceText): void {
    try {
      for (const source of readObjects(text)) this.readObject(source)
    } catch (error) {
      if (!(error instanceof SensorError)) throw error
      const { message, nextStep = '' } = error
      const [, place = text.name, problem = message] = /^(.*?:\d+(?::\d+)?): (.*)$/s.exec(message) ?? []
      const subject = text.name
      this.#problems.push({ severity: 'error', place, document: null, subject, problem, nextStep })
    }
  }

  /** Their warnings were told when they were taken. */
  readBeside(objects: readonly PlacedObject[]): void {
    const tell = (problem: FileProblem) => {
      if (problem.severity === 'error') this.#problems.push(problem)
    }
    for (const each of objects) {
      const { object } = each
      if (this.#byKey.has(objectKey(object))) continue
      this.#take(object, { subject: `${object.kind} ${object.metadata.name}`, source: sourceOf(each), tell })
    }
  }

  readObject(source: SourceObject): void {
    const { kind, metadata } = (source.value ?? {}) as { kind?: unknown; metadata?: { name?: unknown } }
    const name = typeof metadata?.name === 'string' ? ` ${metadata.name}` : ''
    const subject = `${typeof kind === 'string' ? kind : 'An object'}${name}`
    const report: ObjectReport = { subject, source, tell: (problem) => void this.#problems.push(problem) }
    if (!isPolicyKind(kind)) return tellOtherKind(kind, report)
    const current = { ...source, value: withCurrentOperators(source.value, report) }
    const object = checkedObject(kind, { ...report, source: current })
    if (object === undefined) return void this.#refused.add(name.trimStart())
    if (this.#isThere(object, report)) return
    this.#objects.push({ place: source.place, object })
    this.#take(object, report)
  }

  /** Whether there is one of its kind and name already, which is told. */
  #isThere(object: PolicyObject, report: ObjectReport): boolean {
    const key = objectKey(object)
    const known = this.#byKey.get(key)
    if (known === undefined) {
      this.#byKey.set(key, { place: report.source.place, object })
      return false
    }
    // The same once more is no harm: exports of several groups repeat what they share.
    if (JSON.stringify(known.object) !== JSON.stringify(object))
      tellError(
        report,
        ['metadata', 'name'],
        `there is another ${key} at ${known.place}`,
        'Make one of both, or give one another name.',
      )
    return true
  }

  #take(object: PolicyObject, report: ObjectReport): void {
    switch (object.kind) {
      case 'NvSecurityRule':
      case 'NvClusterSecurityRule':
        this.#rules.push(...readSecurityRule(object, report, this.#groups))
        this.#respond(readGroupResponses(object, ruleOwner(object), report), report)
        break
      case 'NvGroupDefinition':
        readGroupDefinition(object, report, this.#groups)
        break
      case 'EgressRule':
        this.#egressRules.push({ object, report })
        break
      case 'Protection':
        readProtection(object, report, this.#groups)
        break
      case 'FileAccess':
        readFileAccess(object, report, this.#groups)
        break
      case 'NvResponseRuleSecurityRule':
        this.#respond([readNvResponseRule(object, report)], report)
        break
      case 'ResponseRule':
        this.#respond([readResponseRule(object, report, this.#groups)], report)
        break
      case 'AttackException':
        this.#exceptions.push(readAttackException(object, report, this.#groups))
        break
      case 'PersonalDataLabels':
        checkPersonalDataLabels(object, report)
        break
      case 'Processor':
        this.#takeProcessor(object, report)
    }
  }

  #respond(rules: readonly ResponseRuleDefinition[], report: ObjectReport): void {
    this.#responses.push(...rules)
    if (this.#responses.length <= responseLimits.rules) return
    const problem = `there are more than ${responseLimits.rules} response rules`
    tellError(report, ['spec'], problem, 'Leave out those that are not needed.')
  }

  #takeProcessor(object: ProcessorObject, report: ObjectReport): void {
    const { name } = object.metadata
    this.#processors.set(name, readProcessor(object, report))
    this.#processorReports.set(name, report)
  }

  finish(): ReadPolicy {
    for (const { object, report } of this.#egressRules) {
      if (this.#refused.has(object.spec.toProcessor ?? '')) continue
      this.#rules.push(...readEgressRule(object, report, this.#processors))
    }
    const labels = personalDataLabelsOf(this.#objects.map(({ object }) => object))
    const definition: PolicyDefinition = {
      ...emptyPolicy,
      groups: this.#groups.finish(this.#refused),
      rules: this.#rules.map(({ rule }) => rule),
      processors: [...this.#processors.values()],
      responses: this.#responses,
      ...(this.#exceptions.length > 0 && { attackExceptions: this.#exceptions }),
      ...(labels.admission.length > 0 && { admission: labels }),
    }
    for (const problem of policyProblems(definition)) this.#tellPolicyProblem(problem)
    for (const placed of this.#rules) tellUndetected(placed)
    return { definition, objects: this.#objects, problems: inOrder(distinct(this.#problems)) }
  }

  /** What the policy as a whole has wrong, where it is written. */
  #tellPolicyProblem({ subject, part, problem, nextStep }: PolicyProblem): void {
    const isPeer = subject.kind === 'rule' && (part === 'from' || part === 'to')
    if (isPeer && !subject.name.startsWith('EgressRule/')) return // told of where it is referred to
    const placed = this.#placeOf(subject, isPeer && part === 'to' ? 'toGroup' : part)
    if (placed === undefined) return
    const what = subject.kind === 'rule' ? problem : `${subject.name}: ${problem}`
    tellError(placed.report, placed.path, what, nextStep)
  }

  #placeOf(
    { kind, name }: PolicyProblem['subject'],
    part: string,
  ): { report: ObjectReport; path: readonly (string | number)[] } | undefined {
    const parts = part.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
    if (kind === 'processor') {
      const report = this.#processorReports.get(name)
      return report === undefined ? undefined : { report, path: ['spec', ...parts] }
    }
    if (kind === 'group') {
      const group = this.#groups.placeOf(name)
      return group === undefined ? undefined : { report: group.report, path: [...group.path, ...parts] }
    }
    const rule = this.#rules.findLast((each) => each.rule.id === name)
    return rule === undefined ? undefined : { report: rule.report, path: [...rule.path, ...parts] }
  }
}

/** Lower-case names of what is recognised in traffic. */
const detected = new Set(builtInProtocols.map(({ application }) => application.toLowerCase()))

/** Names that NeuVector knows and nothing here recognises: allowed by them alone, nothing would pass. */
function tellUndetected({ rule, report, path }: PlacedRule): void {
  const others = rule.applications.filter(
    (name) => applicationNumber(name) !== applicationUnknown && !detected.has(name.toLowerCase()),
  )
  if (others.length === 0) return
  const problem = `${others.join(', ')} is not recognised in traffic yet: the rule matches none of it`
  tellWarning(report, [...path, 'applications'], problem, 'Name the port and leave the application out.')
}

function tellOtherKind(kind: unknown, report: ObjectReport): void {
  const taker = typeof kind === 'string' ? otherKinds.get(kind) : undefined
  if (taker !== undefined)
    return tellWarning(
      report,
      ['kind'],
      `${String(kind)} is no rule between groups: it is passed over`,
      taker,
    )
  const kinds =
    'NvSecurityRule, NvClusterSecurityRule, NvGroupDefinition, EgressRule, Processor, PersonalDataLabels, Protection, FileAccess, AttackException, ResponseRule and NvResponseRuleSecurityRule'
  const problem = `kind ${typeof kind === 'string' ? JSON.stringify(kind) : 'of no name'} is no policy: it is passed over`
  tellWarning(report, ['kind'], problem, `A policy is made of ${kinds}.`)
}

/** As the files are read: by file, then by line. */
function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  const placed = problems.map((problem) => {
    const [, file = problem.place, line = '0'] = /^(.*?):(\d+)(?::\d+)?$/s.exec(problem.place) ?? []
    return { problem, file, line: Number(line) }
  })
  const files = [...new Set(placed.map(({ file }) => file))]
  return placed
    .toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)
    .map(({ problem }) => problem)
}

/** A group that is not there is found by whoever refers to it and by the policy; once is enough. */
function distinct(problems: readonly FileProblem[]): FileProblem[] {
  const seen = new Set<string>()
  return problems.filter(({ place, problem, subject }) => {
    const key = JSON.stringify([place, subject, problem])
    return !seen.has(key) && seen.add(key)
  })
}
