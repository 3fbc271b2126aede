import { limits } from './limits.ts'
import { readOperator } from './operators/index.ts'
import { SecLangError, type SecLangProblem } from './problem.ts'
import type { Disruption, Entry, Phase, RuleSelector, SecRule } from './rule.ts'
import { byId, byMessage, byTag, engineState, readRuleActions, type RuleActions } from './rule-actions.ts'
import { type Directive, readDirectives } from './syntax/directives.ts'
import { readTargets, type Target } from './syntax/targets.ts'

/** A file of rules (`.conf`), or of data that rules name. Text with a character a byte. */
export interface SecLangFile {
  /** Path as it is named in problems and, by its last part, in rules. */
  name: string
  text: string
}

/** Rules by the phase that they run in. */
export interface RuleSet {
  phases: Readonly<Record<Phase, readonly Entry[]>>
  engine: 'on' | 'off' | 'detection-only'
  /** Rules, those in chains counted once. */
  count: number
  problems: readonly SecLangProblem[]
}

/** Of a server, its logs and its memory: nothing that rules see depends on them here. */
const settings =
  /^Sec(?:Audit|Debug|Argument|Cache|Chroot|Collection|Component|Conn|Connector|CookieFormat|DataDir|Disable|Gsb|Guardian|Hash|Http|Interceptor|Pcre|PcreMatch|Read|Remote|RequestBody|ResponseBody|Sensor|ServerSignature|Status|Stream|Tmp|Unicode|Upload|WebAppId|Xml)/i

/**
 * Reads rules in SecLang, in the order of the files; a directive that cannot be used is a problem, and the rest goes on. Files whose
 * name does not end in `.conf` or `.example` are data.
 */
export function readRuleSet(files: readonly SecLangFile[]): RuleSet {
  const reader = new RuleReader(files)
  for (const file of files.filter(({ name }) => isRuleFile(name))) reader.file(file)
  return reader.finish()
}

/** Any other is data. */
export function isRuleFile(name: string): boolean {
  return name.endsWith('.conf') || name.endsWith('.conf.example')
}

class RuleReader {
  readonly #data: ReadonlyMap<string, string>
  readonly #problems: SecLangProblem[] = []
  readonly #entries: Entry[] = []
  readonly #defaults = new Map<Phase, RuleActions>()
  readonly #transformationKeys = new Map<string, number>()
  readonly #ids = new Set<number>()
  #engine: RuleSet['engine'] = 'on'
  #count = 0
  /** The last link of a chain that goes on. */
  #chain: SecRule | undefined
  #directive: Directive = { name: '', words: [], file: '', line: 0 }

  constructor(files: readonly SecLangFile[]) {
    this.#data = new Map(files.map(({ name, text }) => [baseName(name), text]))
  }

  file({ name, text }: SecLangFile): void {
    const { directives, problems } = readDirectives(name, text.slice(0, limits.fileCharacters))
    this.#problems.push(...problems)
    for (const directive of directives) {
      this.#directive = directive
      try {
        this.#read(directive)
      } catch (error) {
        if (!(error instanceof SecLangError)) throw error
        this.#problem('refused', error.message)
      }
    }
    if (this.#chain !== undefined)
      this.#problem('refused', 'a chain has no end: the last rule of a chain has no "chain"')
    this.#chain = undefined
  }

  finish(): RuleSet {
    const inPhase = (phase: Phase) =>
      this.#entries.filter((entry) => entry.kind === 'marker' || entry.phase === phase)
    return {
      phases: { 1: inPhase(1), 2: inPhase(2), 3: inPhase(3), 4: inPhase(4), 5: inPhase(5) },
      engine: this.#engine,
      count: this.#count,
      problems: this.#problems,
    }
  }

  #problem(kind: SecLangProblem['kind'], message: string): void {
    const { file, line } = this.#directive
    this.#problems.push({ file, line, kind, message })
  }

  #read({ name, words }: Directive): void {
    switch (name.toLowerCase()) {
      case 'secrule':
        if (words.length < 2) throw new SecLangError('SecRule has variables, an operator and actions')
        return this.#rule(readTargets(words[0]), words[1], words[2] ?? '')
      case 'secaction':
        return this.#rule([], undefined, words[0] ?? '')
      case 'secmarker':
        return void this.#entries.push({ kind: 'marker', name: words[0] ?? '' })
      case 'secdefaultaction': {
        const actions = readRuleActions(words[0] ?? '')
        return void this.#defaults.set(actions.phase ?? 2, actions)
      }
      case 'secruleengine':
        this.#engine = engineState(words[0] ?? '')
        return
      default:
        return this.#change(name.toLowerCase(), words)
    }
  }

  /** Rules that have been read are changed afterwards. */
  #change(name: string, words: readonly string[]): void {
    const [first = '', second = ''] = words
    switch (name) {
      case 'secruleremovebyid':
        return this.#remove(byId(words))
      case 'secruleremovebytag':
        return this.#remove(byTag(first))
      case 'secruleremovebymsg':
        return this.#remove(byMessage(first))
      case 'secruleupdatetargetbyid':
        return this.#updateTargets(byId([first]), second)
      case 'secruleupdatetargetbytag':
        return this.#updateTargets(byTag(first), second)
      case 'secruleupdatetargetbymsg':
        return this.#updateTargets(byMessage(first), second)
      case 'include':
        return this.#problem(
          'differs',
          'Include: all files of the folder are read anyway, in the order of their names',
        )
      default:
        if (!settings.test(name))
          throw new SecLangError(`the directive ${this.#directive.name} is not known here`)
    }
  }

  #remove(selects: RuleSelector): void {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i]
      if (entry.kind !== 'rule' || !selects(entry)) continue
      this.#entries.splice(i, 1)
      this.#count--
    }
  }

  #updateTargets(selects: RuleSelector, text: string): void {
    const targets = readTargets(text)
    for (const entry of this.#entries) if (entry.kind === 'rule' && selects(entry)) addTargets(entry, targets)
  }

  #rule(targets: Target[], operatorText: string | undefined, actionText: string): void {
    const starter = this.#chain
    this.#chain = undefined
    if (this.#count >= limits.rules) throw new SecLangError(`there are more than ${limits.rules} rules`)
    const actions = readRuleActions(actionText)
    const differences: string[] = []
    const read =
      operatorText === undefined
        ? { operator: undefined, isNegated: false }
        : readOperator(operatorText, {
            readData: (name) => this.#dataFile(name),
            differs: (message) => void differences.push(message),
          })
    const rule = this.#made(targets, actions, starter?.phase)
    rule.operator = read.operator
    rule.isNegated = read.isNegated
    if (starter === undefined) this.#add(rule)
    else starter.next = rule
    if (actions.isChained) this.#chain = rule
    for (const message of differences) this.#problem('differs', message)
    for (const name of new Set(actions.ignored))
      this.#problem('differs', `the action ${name} does nothing here: ${reasons[name] ?? 'it is not known'}`)
  }

  #add(rule: SecRule): void {
    if (rule.id === 0) throw new SecLangError('a rule has an id: write id:100000 among its actions')
    if (this.#ids.has(rule.id)) throw new SecLangError(`there is a rule ${rule.id} already`)
    this.#ids.add(rule.id)
    this.#entries.push(rule)
    this.#count++
  }

  #made(targets: Target[], actions: RuleActions, chainedPhase: Phase | undefined): SecRule {
    const phase = chainedPhase ?? actions.phase ?? 2
    const defaults = this.#defaults.get(phase)
    const { names, functions } = actions.transformations
    const { file, line } = this.#directive
    const { id, multiMatch, captures, message, severity, tags, variables, controls, skip, skipAfter } =
      actions
    return {
      targets: targets.filter(({ isExcluded }) => !isExcluded),
      excluded: targets.filter(({ isExcluded }) => isExcluded),
      ...{ kind: 'rule', id, phase, file, line, multiMatch, captures, message, severity, tags },
      ...{ variables, controls, skip, skipAfter, operator: undefined, isNegated: false, next: undefined },
      transformationKey: this.#transformationKey(names.join()),
      transformations: functions,
      isLogged: actions.isLogged ?? defaults?.isLogged ?? true,
      disruption: disruptionOf(actions, defaults),
    }
  }

  #transformationKey(names: string): number {
    const known = this.#transformationKeys.get(names)
    if (known !== undefined) return known
    const key = this.#transformationKeys.size
    this.#transformationKeys.set(names, key)
    return key
  }

  #dataFile(name: string): string {
    const text = this.#data.get(baseName(name))
    if (text === undefined) throw new SecLangError(`the file ${name} is not beside the rules`)
    return text
  }
}

const reasons: Readonly<Record<string, string>> = {
  initcol: 'collections do not outlast a request',
  expirevar: 'collections do not outlast a request',
  deprecatevar: 'collections do not outlast a request',
  exec: 'nothing is run',
  pause: 'nothing is held up',
}

function disruptionOf(
  { disruption }: RuleActions,
  defaults: RuleActions | undefined,
): Disruption | undefined {
  const meant = disruption === 'block' ? (defaults?.disruption ?? 'pass') : disruption
  return meant === 'pass' || meant === 'block' ? undefined : meant
}

function addTargets(rule: SecRule, targets: readonly Target[]): void {
  for (const target of targets) (target.isExcluded ? rule.excluded : rule.targets).push(target)
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
