import { type Action, readActions } from './syntax/actions.ts'
import { readTargets } from './syntax/targets.ts'
import { SecLangError } from './problem.ts'
import type { Control, Disruption, Phase, RuleSelector, SetVariable, Severity } from './rule.ts'
import { type Transformation, transformations } from './transformations/index.ts'

/** What the actions of a rule say. */
export interface RuleActions {
  id: number
  phase: Phase | undefined
  isChained: boolean
  multiMatch: boolean
  captures: boolean
  isLogged: boolean | undefined
  message: string
  severity: Severity | undefined
  tags: string[]
  transformations: { names: string[]; functions: Transformation[] }
  variables: SetVariable[]
  controls: Control[]
  /** `block`: what the default of the phase says. */
  disruption: Disruption | 'block' | 'pass' | undefined
  skip: number
  skipAfter: string | undefined
  /** Actions that do nothing here, though they would elsewhere. */
  ignored: string[]
}

/** What is written down elsewhere, or shapes answers that we do not give: left out without a word. */
const silent = new Set([
  'auditlog',
  'noauditlog',
  'logdata',
  'rev',
  'ver',
  'maturity',
  'accuracy',
  'status',
  'xmlns',
  'sanitisearg',
  'sanitisematched',
  'sanitisematchedbytes',
  'sanitiserequestheader',
  'sanitiseresponseheader',
  'append',
  'prepend',
])

const severities: readonly string[] = [
  'EMERGENCY',
  'ALERT',
  'CRITICAL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'INFO',
  'DEBUG',
]

const phases: Readonly<Record<string, Phase>> = { request: 2, response: 4, logging: 5 }

type Apply = (to: RuleActions, value: string) => void

const known: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['id', (to, value) => (to.id = numberOf(value, 'id'))],
  ['phase', (to, value) => (to.phase = phaseOf(value))],
  ['chain', (to) => (to.isChained = true)],
  ['multimatch', (to) => (to.multiMatch = true)],
  ['capture', (to) => (to.captures = true)],
  ['log', (to) => (to.isLogged = true)],
  ['nolog', (to) => (to.isLogged = false)],
  ['msg', (to, value) => (to.message = value)],
  ['severity', (to, value) => (to.severity = severityOf(value))],
  ['tag', (to, value) => void to.tags.push(value)],
  ['t', addTransformation],
  ['setvar', (to, value) => void to.variables.push(variableOf(value))],
  ['ctl', addControl],
  ['skip', (to, value) => (to.skip = numberOf(value, 'skip'))],
  ['skipafter', (to, value) => (to.skipAfter = value)],
  ['pass', (to) => (to.disruption = 'pass')],
  ['block', (to) => (to.disruption = 'block')],
  ['deny', (to) => (to.disruption = 'deny')],
  ['drop', (to) => (to.disruption = 'deny')],
  ['redirect', (to) => (to.disruption = 'deny')],
  ['proxy', (to) => (to.disruption = 'deny')],
  [
    'allow',
    (to, value) =>
      (to.disruption = value === 'phase' ? 'allow-phase' : value === 'request' ? 'allow-request' : 'allow'),
  ],
])

/** Reads the actions of a rule. @throws SecLangError for what is not known or says nothing. */
export function readRuleActions(text: string): RuleActions {
  const actions: RuleActions = {
    id: 0,
    phase: undefined,
    isChained: false,
    multiMatch: false,
    captures: false,
    isLogged: undefined,
    message: '',
    severity: undefined,
    tags: [],
    transformations: { names: [], functions: [] },
    variables: [],
    controls: [],
    disruption: undefined,
    skip: 0,
    skipAfter: undefined,
    ignored: [],
  }
  for (const action of readActions(text)) apply(actions, action)
  return actions
}

function apply(to: RuleActions, { name, value }: Action): void {
  const effect = known.get(name)
  if (effect !== undefined) effect(to, value)
  else if (!silent.has(name)) to.ignored.push(name)
}

function addTransformation(to: RuleActions, value: string): void {
  const name = value.toLowerCase()
  if (name === 'none') {
    to.transformations = { names: [], functions: [] }
    return
  }
  const transformation = transformations.get(name)
  if (transformation === undefined) throw new SecLangError(`the transformation t:${value} is not known here`)
  to.transformations.names.push(name)
  to.transformations.functions.push(transformation)
}

function numberOf(text: string, what: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new SecLangError(`${what}:${text} is no number`)
  return number
}

function phaseOf(text: string): Phase {
  const phase = phases[text.toLowerCase()] ?? numberOf(text, 'phase')
  if (phase < 1 || phase > 5) throw new SecLangError(`phase:${text} is none of 1 to 5`)
  return phase
}

function severityOf(text: string): Severity {
  const index = severities.indexOf(text.toUpperCase())
  const severity = index < 0 ? numberOf(text, 'severity') : index
  if (severity > 7) throw new SecLangError(`severity:${text} is none of 0 to 7`)
  return severity as Severity
}

/** `tx.a=1`, `tx.a=+%{tx.b}`, `tx.a`, `!tx.a`; variables of lasting collections are let go, as the collections are. */
function variableOf(text: string): SetVariable {
  const isRemoved = text.startsWith('!')
  const bare = isRemoved ? text.slice(1) : text
  const equals = bare.indexOf('=')
  const name = (equals < 0 ? bare : bare.slice(0, equals)).trim()
  if (!/^[a-z]+[.:]/i.test(name))
    throw new SecLangError(`setvar:${text} names no variable: write tx.name=value`)
  if (isRemoved) return { name, how: 'remove', value: '' }
  const value = equals < 0 ? '1' : bare.slice(equals + 1).trim()
  if (value.startsWith('+')) return { name, how: 'add', value: value.slice(1) }
  if (value.startsWith('-')) return { name, how: 'subtract', value: value.slice(1) }
  return { name, how: 'set', value }
}

function addControl(to: RuleActions, value: string): void {
  const equals = value.indexOf('=')
  const name = value.slice(0, equals).toLowerCase()
  const argument = value.slice(equals + 1)
  const control = controlOf(name, argument)
  if (control !== undefined) to.controls.push(control)
  else if (!name.startsWith('audit') && !name.startsWith('debug')) to.ignored.push(`ctl:${name}`)
}

function controlOf(name: string, argument: string): Control | undefined {
  const [selected, targets] = argument.split(/;(.*)/s)
  const removing = (selects: RuleSelector, withTargets: boolean): Control => ({
    kind: 'remove',
    selects,
    target: withTargets ? readTargets(targets ?? '') : undefined,
  })
  switch (name) {
    case 'ruleengine':
      return { kind: 'rule-engine', is: engineState(argument) }
    case 'requestbodyprocessor':
      return { kind: 'body-processor', name: argument.toUpperCase() }
    case 'forcerequestbodyvariable':
      return argument.toLowerCase() === 'on' ? { kind: 'force-body' } : undefined
    case 'ruleremovebyid':
    case 'ruleremovetargetbyid':
      return removing(byId([selected]), name.includes('target'))
    case 'ruleremovebytag':
    case 'ruleremovetargetbytag':
      return removing(byTag(selected), name.includes('target'))
    case 'ruleremovebymsg':
    case 'ruleremovetargetbymsg':
      return removing(byMessage(selected), name.includes('target'))
    default:
      return undefined
  }
}

/** `On`, `Off`, `DetectionOnly`. @throws SecLangError for anything else */
export function engineState(text: string): 'on' | 'off' | 'detection-only' {
  const state = { on: 'on', off: 'off', detectiononly: 'detection-only' } as const
  const found = state[text.toLowerCase() as keyof typeof state]
  if (found === undefined) throw new SecLangError(`"${text}" is none of On, Off and DetectionOnly`)
  return found
}

/** Numbers and ranges: `942100`, `942000-942999`. @throws SecLangError where one is neither */
export function byId(texts: readonly string[]): RuleSelector {
  const ranges = texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const [from, to = from] = text.trim().split('-').map(Number)
      if (!(from <= to)) throw new SecLangError(`"${text}" is no number of a rule and no range`)
      return [from, to] as const
    })
  return ({ id }) => ranges.some(([from, to]) => id >= from && id <= to)
}

/** A tag that has the text in it, as ModSecurity's patterns mostly are. */
export function byTag(text: string): RuleSelector {
  return ({ tags }) => tags.some((tag) => tag.includes(text))
}

export function byMessage(text: string): RuleSelector {
  return ({ message }) => message.includes(text)
}
