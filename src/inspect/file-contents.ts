import type { FileReader } from '../content/files/file-reader.ts'
import type { FileSink } from '../content/multipart.ts'
import type { RunSink } from '../content/value-reader.ts'
import type { Place } from '../model/records.ts'
import type { Finding, FindingSink, PersonalDataDetector } from '../personal-data/detector.ts'
import { FreeText } from '../personal-data/free-text/free-text.ts'

/** From this length on a text of a file may be sentences or the head of a letter; shorter ones are cells. */
export const leastProseBytes = 48

/** Files that came as parts of a content: their texts are inspected each as a content of its own, once the detector is free. */
export class FileContents implements FileSink, RunSink, FindingSink {
  readonly #detector: PersonalDataDetector
  readonly #found: (finding: Finding) => void
  readonly #waiting: [name: string, file: FileReader][] = []
  /** The file at hand, and the part that it came in. */
  #file: FileReader | undefined
  #name = ''
  /** Made for the first text that people may have written. */
  #freeText: FreeText | undefined
  /** The text at hand is one. */
  #isProse = false
  readonly #fromText: FindingSink = {
    pass() {},
    field: () => this.field(),
    found: (finding) => this.#tell(finding),
  }
  place: Place | undefined

  /** @param found - takes a finding; what it is given is reused. */
  constructor(detector: PersonalDataDetector, found: (finding: Finding) => void) {
    this.#detector = detector
    this.#found = found
  }

  file(name: string, file: FileReader): void {
    this.#waiting.push([name, file])
  }

  get areThere(): boolean {
    return this.#waiting.length > 0
  }

  /** Inspects those that wait, and gives them back with what was not read of them. */
  inspect(place: Place): FileReader[] {
    this.place = place
    const inspected = this.#waiting.splice(0)
    for (const [name, file] of inspected) {
      this.#name = name
      this.#file = file
      file.end(this)
    }
    this.#file = undefined
    return inspected.map(([, file]) => file)
  }

  value(bytes: Uint8Array, start: number, end: number): void {
    this.#isProse = end - start >= leastProseBytes
    if (this.#isProse) (this.#freeText ??= new FreeText()).beginWhole(bytes, start, end)
    this.#detector.detectField(bytes, start, end, this)
    if (this.#isProse) this.#freeText?.close(this.#fromText)
  }

  pass(): void {}

  field(): string {
    return this.#file?.field() ?? ''
  }

  found(finding: Finding): void {
    const { offset, start, end } = finding
    if (this.#isProse) this.#freeText?.claimed(offset, offset + end - start, this.#fromText)
    this.#tell(finding)
  }

  matchedRule(finding: Finding): void {
    this.#tell(finding)
  }

  /** Under the name that people know the place by. */
  #tell(finding: Finding): void {
    const { recogniser, confidence, bytes, start, end, offset } = finding
    const field = `${this.#name} ${this.#file?.name() ?? ''}`.trim()
    this.#found({ recogniser, confidence, field, bytes, start, end, offset })
  }
}
