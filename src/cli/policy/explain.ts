import { ExitCode } from '../../lib/errors.ts'
import { parseAddress } from '../../lib/ip.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { Category } from '../../model/records.ts'
import { type PolicyDefinition, tlsVersions } from '../../policy/definition.ts'
import type { CriterionCheck, Explanation, RuleExplanation } from '../../policy/explanation.ts'
import { parseAddressValue } from '../../policy/groups/address.ts'
import { builtInKind, isLearnedName } from '../../policy/groups/builtin.ts'
import { Policy } from '../../policy/policy.ts'
import { processorGroupName } from '../../policy/processors.ts'
import { parsePorts, type PortRange } from '../../policy/rules/ports.ts'
import type { ConnectionFacts } from '../../policy/rules/requirements.ts'
import { peerInGroup } from '../../policy/simulation.ts'
import { reportingThresholds } from '../../personal-data/categories.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { layoutTable } from '../terminal/table.ts'
import { printable } from '../terminal/text.ts'
import { loadPolicy, PolicyError } from './load.ts'

export interface ExplainFlags {
  policy: string[]
  from: string
  to: string
  port: string
  application?: string
  encryption?: string
  category?: string[]
  json: boolean
}

/** @returns 1 where the rules deny it, whatever the mode. */
export async function explainPolicy(flags: ExplainFlags): Promise<ExitCode> {
  const definition = loadPolicy(flags.policy)
  const policy = new Policy(definition)
  const { transport, first: port } = singlePort(flags.port)
  const explanation = policy.explain({
    from: peerOf(policy, definition, flags.from),
    to: peerOf(policy, definition, flags.to),
    transport,
    port,
    application: flags.application,
    facts: factsOf(flags),
  })
  const output = new LineOutput(process.stdout)
  if (flags.json) output.line(toJsonText({ type: 'policy-explanation', ...explanation }))
  else {
    const style = styleFor(process.stdout.isTTY, process.env)
    for (const line of explanationLines(explanation, style, process.stdout.columns ?? 160)) output.line(line)
  }
  await output.end()
  return explanation.outcome === 'denied' ? ExitCode.findings : ExitCode.clean
}

function peerOf(policy: Policy, { groups, processors }: PolicyDefinition, name: string): number {
  const address = parseAddress(name)
  if (address !== undefined) return policy.peerOfAddress(address)
  const isGroup = groups.some((group) => group.name === name) || builtInKind(name) !== undefined
  if (isGroup || isLearnedName(name)) return peerInGroup(policy, name)
  if (processors.some((processor) => processor.name === name))
    return peerInGroup(policy, processorGroupName(name))
  const parsed = name.includes('.') || name.startsWith('vh:') ? parseAddressValue(name) : undefined
  if (parsed === undefined || parsed.kind === 'range' || parsed.isWildcard)
    throw new PolicyError(
      'POLICY_QUESTION_INVALID',
      `${JSON.stringify(name)} is no group of the policy, no address and no host name`,
      'Name a group of the files, nv.<service>.<namespace>, an address or a host.',
    )
  const names = parsed.kind === 'name' ? { dns: [parsed.name] } : { virtualHost: parsed.name }
  return policy.peerOfAddress(undefined, names)
}

function singlePort(text: string): PortRange {
  const ports = parsePorts(text)
  const port = Array.isArray(ports) && ports.length === 1 ? ports[0] : undefined
  const isSingle = port !== undefined && (port.first === port.last || text.toLowerCase() === 'icmp')
  if (isSingle) return port
  throw new PolicyError(
    'POLICY_QUESTION_INVALID',
    `--port ${JSON.stringify(text)} is not one port`,
    'Write tcp/443, udp/53 or icmp.',
  )
}

function factsOf({ encryption, category = [] }: ExplainFlags): ConnectionFacts {
  const unknown = category.filter((name) => !(name in reportingThresholds))
  if (unknown.length > 0)
    throw new PolicyError(
      'POLICY_QUESTION_INVALID',
      `${unknown.map((name) => JSON.stringify(name)).join(', ')} is no category of personal data`,
      `There are ${Object.keys(reportingThresholds).join(', ')}.`,
    )
  const categories = category as Category[]
  if (encryption === undefined) return { encryption: 'pending', categories }
  if (encryption === 'none') return { encryption: 'none', categories }
  if (encryption === 'yes') return { encryption: 'encrypted', categories }
  if ((tlsVersions as readonly string[]).includes(encryption))
    return { encryption: 'encrypted', tlsVersion: encryption, categories }
  throw new PolicyError(
    'POLICY_QUESTION_INVALID',
    `--encryption ${JSON.stringify(encryption)} is not known`,
    `Write none, yes, ${tlsVersions.join(', ')}.`,
  )
}

const outcomes = { allowed: 'ALLOWED', denied: 'DENIED', pending: 'NOT DECIDED YET' } as const

const effectTexts: Readonly<Record<Explanation['effect'], string>> = {
  pass: 'it passes',
  learn: 'it passes and is learned',
  report: 'it passes and is reported',
  block: 'it is blocked',
  'await-application': 'it passes until its application is known',
  'check-requirements': 'it passes until what is required is known',
}

function explanationLines(explanation: Explanation, style: Style, width: number): string[] {
  const { outcome, effect, mode, reason, fromGroups, toGroups, decidedBy, nearest } = explanation
  const emphasis = outcome === 'denied' ? style.alarm : outcome === 'allowed' ? style.good : style.warn
  const inMode = mode.between === undefined ? 'no mode between them' : `mode ${mode.between}`
  return [
    `${emphasis(outcomes[outcome])}: ${printable(reason)}`,
    `${inMode}: ${effectTexts[effect]}`,
    `from: ${printable(fromGroups.join(', '))}`,
    `to:   ${printable(toGroups.join(', '))}`,
    ...ruleLines('decided by', decidedBy, style, width),
    ...ruleLines('nearest that allows', nearest, style, width),
  ]
}

function ruleLines(
  title: string,
  explained: RuleExplanation | undefined,
  style: Style,
  width: number,
): string[] {
  if (explained === undefined) return []
  const { rule, rank, checks } = explained
  const place = rule.source === undefined ? '' : `, ${rule.source}`
  const columns = [
    { title: 'CRITERION', least: 9 },
    { title: 'ASKED FOR', least: 12 },
    { title: 'SEEN', least: 12 },
    { title: '', least: 3 },
  ]
  const table = layoutTable(
    columns,
    checks.map((check) => checkCells(check, style)),
    width - 2,
  )
  const heading = `${title}: ${rule.action} ${rule.id} (number ${rank + 1} in order${place})`
  return ['', printable(heading), ...table.map((line) => `  ${line}`)]
}

function checkCells({ criterion, wanted, seen, check }: CriterionCheck, style: Style) {
  const marks = { met: 'yes', unmet: 'NO', pending: 'open' } as const
  const cells = [criterion, printable(wanted), printable(seen)].map((text) => ({ text }))
  return [...cells, check === 'unmet' ? { text: marks[check], style: style.alarm } : { text: marks[check] }]
}
