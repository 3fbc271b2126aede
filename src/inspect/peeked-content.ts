import { insideFile } from '../content/multipart.ts'
import type { HeldValue } from '../content/value-reader.ts'
import type { Place } from '../model/records.ts'
import { categoryBit } from '../personal-data/categories.ts'
import type { Finding, FindingSink, PersonalDataDetector } from '../personal-data/detector.ts'

/** Takes what a content would find, and keeps no more of it than its category. */
export class PeekedContent implements FindingSink {
  categories = 0
  readonly #content: Pick<FindingSink, 'field' | 'place'> | undefined

  /** @param content - undefined where nothing is known of what is looked at */
  constructor(content: Pick<FindingSink, 'field' | 'place'> | undefined) {
    this.#content = content
  }

  pass(): void {}

  get place(): Place {
    return this.#content?.place ?? 'payload'
  }

  field(): string {
    return this.#content?.field() ?? ''
  }

  /** What of a value was read so far, as if it were all of it. */
  value(detector: PersonalDataDetector, held: HeldValue | undefined): void {
    if (held !== undefined && held.length > 0) detector.detectField(held.bytes, 0, held.length, this)
  }

  found({ recogniser, field }: Finding): void {
    if (field !== insideFile) this.categories |= categoryBit(recogniser.category)
  }
}
