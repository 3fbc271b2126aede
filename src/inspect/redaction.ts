import type { FlowDetails } from '../model/records.ts'
import type { Finding, FindingSink, PersonalDataDetector } from '../personal-data/detector.ts'
import { limits } from './limits.ts'

/**
 * Masks personal data in what a flow's record repeats of the traffic: a Host, a user agent, a method that is none. Texts come
 * again and again, so what became of each is remembered.
 */
export class Redaction implements FindingSink {
  readonly #detector: PersonalDataDetector
  readonly #known = new Map<string, string>()
  /** Of the text at hand: what is masked so far, up to byte `#until`. */
  #masked = ''
  #until = 0
  #bytes = Buffer.alloc(0)

  constructor(detector: PersonalDataDetector) {
    this.#detector = detector
  }

  /** Masks in place whatever parsers wrote into a record. */
  details(details: FlowDetails): void {
    for (const part of Object.values(details)) this.#object(part as Record<string, unknown>)
  }

  text(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    this.#bytes = Buffer.from(text)
    this.#masked = ''
    this.#until = 0
    this.#detector.detect(this.#bytes, 0, this.#bytes.length, this)
    const redacted = this.#until === 0 ? text : this.#masked + this.#bytes.toString('utf8', this.#until)
    if (this.#known.size >= limits.redactedTexts) this.#known.clear()
    this.#known.set(text, redacted)
    return redacted
  }

  pass(): void {}

  field(): string {
    return ''
  }

  found({ recogniser, start, end, offset }: Finding): void {
    // Addresses of hosts stand in the record as such.
    if (recogniser.id === 'ip-address') return
    const last = offset + end - start
    this.#masked += this.#bytes.toString('utf8', this.#until, offset)
    this.#masked += recogniser.mask(this.#bytes.toString('utf8', offset, last))
    this.#until = last
  }

  #object(object: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(object)) {
      if (typeof value === 'string') object[key] = this.text(value)
      else if (Array.isArray(value)) object[key] = value.map((item) => this.#item(item))
    }
  }

  #item(item: unknown): unknown {
    if (typeof item === 'string') return this.text(item)
    if (typeof item === 'object' && item !== null) this.#object(item as Record<string, unknown>)
    return item
  }
}
