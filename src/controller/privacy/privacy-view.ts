import type { Countries, CountrySource } from '../../countries/load.ts'
import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { ResolutionKind } from '../../model/difference-words.ts'
import type { DocumentKind } from '../../model/document-words.ts'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { SubjectSketch } from '../../personal-data/counting/subject-sketch.ts'
import type { PrivacyDocument } from '../../privacy/documents/document.ts'
import { makeDocument } from '../../privacy/documents/make-document.ts'
import type { StandingDifference } from '../../privacy/differences/difference.ts'
import { standingDifferences } from '../../privacy/differences/standing-differences.ts'
import { dataFlowMap, type MapContext } from '../../privacy/map/data-flow-map.ts'
import type { ObservedFlow } from '../../privacy/map/observed-flow.ts'
import type { Transfer, TransferFacts } from '../../privacy/map/transfer.ts'
import { transfersOf } from '../../privacy/map/transfers-of.ts'
import { personalDataLabelsOf } from '../../security-as-code/policy/personal-data-labels-kind.ts'
import { writePolicy } from '../../security-as-code/policy/write-policy.ts'
import type { PrivacyStore } from '../../store/privacy-store.ts'
import type { Retention } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'
import { Acceptances } from './acceptances.ts'
import { labelledServices } from './labelled-services.ts'
import { measuredControls } from './measured-controls.ts'
import { partnerOf, resembledPartner } from './partner-of.ts'
import { PrivacyError } from './privacy-error.ts'
import { declaration, prohibition } from './resolutions.ts'
import { TransferLog } from './transfer-log.ts'

interface PrivacySources {
  /** Since the start. */
  observed: () => ObservedFlow[]
  workloads: () => WorkloadState[]
  policy: ControllerPolicy
  countries: Countries
  store: PrivacyStore
  retention: Retention
  /** How many workloads are. */
  quarantined: () => number
  ledger: Ledger
  now: () => number
  log: Log
}

/** YAML that resolves a difference, and what a person still has to write into it. */
export interface ResolutionText {
  yaml: string
  missing: string[]
}

/** What a privacy officer asks of what was seen: who sends personal data to whom, whether that is declared, and what is decided of it. */
export class PrivacyView {
  readonly #sources: PrivacySources
  readonly #transfers: TransferLog
  readonly #acceptances: Acceptances
  readonly #round: NodeJS.Timeout
  #saved = new Map<string, string>()
  /** Persons of sketches that were asked for last: most do not change from one time to the next. */
  #persons = new Map<string, number>()
  #saving: Promise<void> = Promise.resolve()

  private constructor(sources: PrivacySources, transfers: TransferLog, acceptances: Acceptances) {
    this.#sources = sources
    this.#transfers = transfers
    this.#acceptances = acceptances
    this.#round = setInterval(() => this.#save(), controllerLimits.transfersMs).unref()
  }

  static async load(sources: PrivacySources): Promise<PrivacyView> {
    const stored = await sources.store.list('transfer', controllerLimits.transfers)
    const base = stored.map(({ record }) => JSON.parse(record) as TransferFacts)
    const transfers = new TransferLog(base, joined, controllerLimits.transfers)
    return new PrivacyView(sources, transfers, await Acceptances.load(sources))
  }

  /** The latest first; of before a restart as well. */
  transfers(): Transfer[] {
    return dataFlowMap(this.#facts(), this.#context())
  }

  /** Declared partners. */
  processors(): readonly ProcessorDefinition[] {
    return this.#sources.policy.definition.processors
  }

  /** What is otherwise than declared or asked; open ones first, the gravest first. */
  differences(transfers = this.transfers()): StandingDifference[] {
    const { policy, workloads, now } = this.#sources
    const labels = this.#labels()
    const services = labelledServices(workloads(), policy.live, labels)
    const { all: acceptances } = this.#acceptances
    return standingDifferences({
      ...{ transfers, processors: this.processors(), services, labels, acceptances, now: now() },
    })
  }

  /** @param until in ms since 1970 @throws PrivacyError */
  async accept(id: string, until: number, by: { by: string; reason: string }): Promise<StandingDifference> {
    await this.#acceptances.accept(this.#difference(id), until, by)
    return this.#difference(id)
  }

  /** @throws PrivacyError */
  async withdraw(id: string, by: string): Promise<void> {
    await this.#acceptances.withdraw(id, by)
  }

  /** @throws PrivacyError where it cannot be resolved so */
  resolution(id: string, how: Exclude<ResolutionKind, 'accept'>): ResolutionText {
    const all = this.transfers()
    const difference = this.#difference(id, all)
    if (!difference.resolutions.includes(how)) throw notSo(difference, how)
    const shown = new Set(difference.transfers)
    const transfers = all.filter((each) => shown.has(each.id))
    const sources = { difference, transfers, processors: this.processors() }
    const { objects, missing } = how === 'declare' ? declaration(sources) : prohibition(sources)
    return { yaml: writePolicy(objects), missing }
  }

  /** A draft of what was observed and declared. */
  document(kind: DocumentKind): PrivacyDocument {
    const { workloads, policy, retention, ledger, quarantined, now } = this.#sources
    const facts = this.#facts()
    const transfers = dataFlowMap(facts, this.#context())
    const { name, builtAt } = this.countrySource
    return makeDocument(kind, {
      now: now(),
      transfers,
      processors: this.processors(),
      differences: this.differences(transfers),
      measured: measuredControls({
        ...{ workloads: workloads(), policy, retention, quarantined: quarantined() },
        evidenceEntries: ledger.size,
      }),
      personsOf: (party) => personsAt(party, facts),
      countrySource: builtAt === null ? 'no database of countries' : `${name} of ${builtAt.slice(0, 10)}`,
    })
  }

  get countrySource(): CountrySource {
    return this.#sources.countries.source
  }

  /** Keeps what is not kept yet. */
  async close(): Promise<void> {
    clearInterval(this.#round)
    this.#save()
    await this.#saving
  }

  #facts(): TransferFacts[] {
    return this.#transfers.with(transfersOf(this.#sources.observed(), joined))
  }

  #difference(id: string, transfers?: Transfer[]): StandingDifference {
    const found = this.differences(transfers).find((each) => each.id === id)
    if (found !== undefined) return found
    throw new PrivacyError(
      'DIFFERENCE_UNKNOWN',
      `There is no difference ${id}, or it is none any more.`,
      'See pavise privacy differences.',
    )
  }

  #labels(): PersonalDataLabels {
    return personalDataLabelsOf(this.#sources.policy.content.objects.map(({ object }) => object))
  }

  #context(): MapContext {
    const { policy, countries } = this.#sources
    const before = this.#persons
    const persons = (this.#persons = new Map<string, number>())
    return {
      processors: new Map(this.processors().map((each) => [each.name, each])),
      processorOf: (party) => partnerOf(party, policy.live),
      resembledBy: (party) => resembledPartner(party, policy.live),
      countryOf: (address) => countries.find(address),
      labels: this.#labels(),
      now: this.#sources.now(),
      personsIn: (subjects) => {
        const known = before.get(subjects) ?? sketchOf([subjects]).estimate()
        persons.set(subjects, known)
        return known
      },
    }
  }

  /** Those that have changed; one round after the other. */
  #save(): void {
    const records = this.#facts().map((each) => ({
      id: each.id,
      at: each.last,
      record: JSON.stringify(each),
    }))
    const changed = records.filter(({ id, record }) => this.#saved.get(id) !== record)
    this.#saved = new Map(records.map(({ id, record }) => [id, record]))
    if (changed.length === 0) return
    const { store, log } = this.#sources
    this.#saving = this.#saving
      .then(() => store.save('transfer', changed))
      .then(() => store.keepLatest('transfer', controllerLimits.transfers))
      .catch((error: unknown) =>
        log('error', `Not stored: transfers of personal data (${(error as Error).message})`),
      )
  }
}

function notSo({ id, kind, resolutions }: StandingDifference, how: string): PrivacyError {
  return new PrivacyError(
    'DIFFERENCE_RESOLUTION',
    `${id} (${kind}) cannot be resolved by ${how}.`,
    `It can by ${resolutions.join(' or ')}.`,
  )
}

/** Of all that a party sent and received, each person once. */
function personsAt(party: string, facts: readonly TransferFacts[]): number {
  const own = facts.filter(({ sender, recipient }) => sender.id === party || recipient.id === party)
  return sketchOf(own.map(({ subjects }) => subjects)).estimate()
}

function sketchOf(texts: readonly string[]): SubjectSketch {
  const sketch = new SubjectSketch()
  for (const text of texts) sketch.merge(text)
  return sketch
}

/** Most flows tell nobody from others: what is not there is not read. */
function joined(texts: readonly string[]): string {
  const some = texts.filter((text) => text !== '')
  return some.length > 1 ? sketchOf(some).text() : (some[0] ?? '')
}
