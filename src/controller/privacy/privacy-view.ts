import type { Countries, CountrySource } from '../../countries/load.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { SubjectSketch } from '../../personal-data/counting/subject-sketch.ts'
import { dataFlowMap, type MapContext } from '../../privacy/map/data-flow-map.ts'
import type { ObservedFlow } from '../../privacy/map/observed-flow.ts'
import type { Transfer } from '../../privacy/map/transfer.ts'
import { transfersOf } from '../../privacy/map/transfers-of.ts'
import { personalDataLabelsOf } from '../../security-as-code/policy/personal-data-labels-kind.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'
import { partnerOf } from './partner-of.ts'

interface PrivacySources {
  observed: () => ObservedFlow[]
  policy: ControllerPolicy
  countries: Countries
}

/** What a privacy officer asks of what was seen: who sends personal data to whom, and whether that is declared. */
export class PrivacyView {
  readonly #sources: PrivacySources

  constructor(sources: PrivacySources) {
    this.#sources = sources
  }

  /** The latest first. */
  transfers(): Transfer[] {
    return dataFlowMap(transfersOf(this.#sources.observed(), joined), this.#context())
  }

  /** Declared partners. */
  processors(): readonly ProcessorDefinition[] {
    return this.#sources.policy.definition.processors
  }

  get countrySource(): CountrySource {
    return this.#sources.countries.source
  }

  #context(): MapContext {
    const { policy, countries } = this.#sources
    return {
      processors: new Map(this.processors().map((each) => [each.name, each])),
      processorOf: (party) => partnerOf(party, policy.live),
      countryOf: (address) => countries.find(address),
      labels: personalDataLabelsOf(policy.content.objects.map(({ object }) => object)),
      personsIn: (subjects) => sketchOf([subjects]).estimate(),
    }
  }
}

function sketchOf(texts: readonly string[]): SubjectSketch {
  const sketch = new SubjectSketch()
  for (const text of texts) sketch.merge(text)
  return sketch
}

function joined(texts: readonly string[]): string {
  return sketchOf(texts).text()
}
