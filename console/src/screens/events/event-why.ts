import type {
  Attack,
  Coverage,
  FileEvent,
  Finding,
  ProcessEvent,
  Threat,
  Violation,
} from '../../../../src/api/contract/types.ts'

/** What it is, and what that came from, in words. */
export type Why = readonly (readonly [name: string, text: string | undefined])[]

function whyFinding({
  identifier,
  category,
  confidence,
  field,
  masked,
  direction,
  connection,
}: Finding): Why {
  return [
    ['Found', `${identifier}, of category ${category}`],
    ['How sure', percent(confidence)],
    ['Field', `${field}, sent to the ${direction === 'to-server' ? 'server' : 'client'}`],
    ['An example, masked', masked],
    [
      'Message',
      !connection
        ? 'of a connection that is no longer kept'
        : `${connection.application} of ${placeText(connection.client)} to ${placeText(connection.server)}`,
    ],
  ]
}

function whyViolation({ reason, rule, checks = [], nearest, finding, ...seen }: Violation): Why {
  const { application, client, server, action } = seen
  return [
    ['Why', reason],
    ['Rule that decided', rule ?? 'none speaks of it'],
    ['What the rule asked', checks.map(checkText).join('; ')],
    ['Nearest that allows', nearest],
    ['Connection', `${application} of ${placeText(client)} to ${placeText(server)}`],
    ['What may not cross it', finding && `${finding.identifier} in ${finding.field}: ${finding.masked}`],
    ['Done', action],
  ]
}

function checkText({ criterion, wanted, seen, check }: NonNullable<Violation['checks']>[number]): string {
  const mark = { met: '✓', unmet: '✕', pending: '○' }[check]
  return `${mark} ${criterion}: ${wanted}, seen ${seen}`
}

function whyThreat({ reason, measured, technique, stage, confidence, action, ...seen }: Threat): Why {
  const { unit, value, threshold, seconds } = measured
  const time = seconds === undefined ? '' : ` in ${seconds} s`
  const { source, target, subject } = seen
  return [
    ['Why', reason],
    ['Measured', `${value} ${unit}${time}; told of from ${threshold} on`],
    ['From', source && placeText(source)],
    ['To', target && placeText(target)],
    ['About', subject],
    ['ATT&CK', `${technique}, ${stage.replaceAll('-', ' ')}`],
    ['How sure', percent(confidence)],
    ['Done', action],
  ]
}

function whyAttack(attack: Attack): Why {
  const { reasons, score, level, place, field, masked, request, client, server, application, action } = attack
  const message = request === undefined ? application : `${request.method} ${request.path}`
  return [
    ['Taken for', attack.class.replaceAll('-', ' ')],
    ['Rules', reasons.map(({ what, rule, weight }) => `${what} (${rule}, ${weight})`).join('; ')],
    ['Score', `${score} at strictness ${level}`],
    ['Where', `${place} ${field}`.trim()],
    ['What matched, masked', masked],
    ['Message', `${message} of ${placeText(client)} to ${placeText(server)}`],
    ['Done', action],
  ]
}

const processReasons: Readonly<Record<ProcessEvent['reason'], string>> = {
  rule: 'a rule says so',
  image: 'the image brought it',
  drift: 'the image did not bring it as it is',
  'not-listed': 'nobody has listed it',
  suspicious: 'of what it is',
  'not-admitted': 'its container does not name what one of personal data has to',
}

function whyProcess({ process, reason, rule, suspicion, origin, action }: ProcessEvent): Why {
  const { path, arguments: words, user, ancestors } = process
  return [
    ['Why', `${action}, because ${processReasons[reason]}`],
    ['Rule', rule],
    ['Suspicious as', suspicion && `${suspicion.kind}, ${suspicion.severity}`],
    ['Program', `${path} (${origin === 'unknown' ? 'it cannot be told where it is from' : origin})`],
    ['Arguments, masked', words.join(' ')],
    ['User', user.name ?? `${user.id}`],
    ['Started by', ancestors.map(({ name }) => name).join(' ← ')],
  ]
}

function whyFile({ path, operation, action, rule, categories = [], from, process }: FileEvent): Why {
  return [
    ['Why', `${operation} and ${action}, by the rule ${rule}`],
    ['File', path],
    ['Personal data there', categories.join(', ')],
    [
      'Who',
      process === undefined
        ? 'it had ended before it could be looked at'
        : `${process.path} ${process.arguments.slice(1).join(' ')}`,
    ],
    ['From', from === 'node' ? 'a process of the machine, not of the container' : undefined],
  ]
}

function whyCoverage({ reason, detail, packets, bytes }: Coverage): Why {
  return [
    ['What was not seen', detail],
    ['Reason', reason.replaceAll('-', ' ')],
    ['Packets', packets === undefined ? undefined : `${packets}`],
    ['Bytes', bytes === undefined ? undefined : `${bytes}`],
  ]
}

function percent(confidence: number): string {
  return `${Math.round(confidence * 100)} %`
}

function placeText({ address, port }: { address: string; port: number }): string {
  return `${address}:${port}`
}

/** By the listing that an event is of. */
export const whyOf = {
  findings: whyFinding,
  violations: whyViolation,
  threats: whyThreat,
  attacks: whyAttack,
  processes: whyProcess,
  files: whyFile,
  coverage: whyCoverage,
} as unknown as Readonly<Record<string, (item: unknown) => Why>>
