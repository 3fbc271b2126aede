import { compileScanner } from '../scan/compile.ts'
import type { PlanStore } from '../scan/compile/set-plan.ts'
import type { ScanMemory } from '../scan/scan-memory.ts'
import type { Scanner, StreamScanner } from '../scan/scanner.ts'
import type { DetectionStream, Finding, FindingSink, Judgement, PersonalDataDetector } from './detector.ts'
import { customRecogniser } from './custom/custom-recogniser.ts'
import type { SensorDefinitions } from './custom/definition.ts'
import { RuleSet } from './custom/rule-set.ts'
import { DetectingSink } from './detecting-sink.ts'
import { encodedRunPatterns } from './encoded-runs.ts'
import type { Trace } from './judging/assessment.ts'
import { RecordEvidence } from './judging/record-evidence.ts'
import { Judge } from './judging/judge.ts'
import type { Recogniser } from './recogniser.ts'
import { builtInRecognisers } from './recognisers/index.ts'

/**
 * Compiles recognisers, at least one, into a detector. Throws a ScanError for an expression that cannot be compiled. A scanner
 * in the same memory as the buffers of its caller scans them without a copy.
 */
export function compileRecognisers(
  recognisers: readonly Recogniser[] = builtInRecognisers,
  memory?: ScanMemory,
  { rules, trace, plans, seesEncoded = true }: DetectionExtras = {},
): PersonalDataDetector {
  const judge = new Judge(recognisers)
  const encoded = seesEncoded ? encodedRunPatterns : []
  const patterns = [...judge.patterns, ...(rules?.patterns ?? []), ...encoded]
  const scanner = compileScanner(patterns, memory, plans)
  return new Detector(scanner, judge, { rules, trace })
}

/**
 * The same for what is built in and what users bring: where both are equally sure of the same bytes, the user's has them. Rules
 * are found beside.
 */
export function compileSensors(
  { recognisers, rules }: SensorDefinitions,
  memory?: ScanMemory,
  extras: Omit<DetectionExtras, 'rules'> = {},
): PersonalDataDetector {
  return compileRecognisers([...recognisers.map(customRecogniser), ...builtInRecognisers], memory, {
    ...extras,
    rules: rules.length === 0 ? undefined : new RuleSet(rules),
  })
}

interface DetectionExtras {
  /** Rules of sensors. */
  rules?: RuleSet | undefined
  /** Is told of everything that is looked at, for explanations; that is slow. */
  trace?: Trace | undefined
  /** Where the scanner's plan is kept between runs. */
  plans?: PlanStore | undefined
  /** Whether what is encoded in base64 is told of; by default it is. */
  seesEncoded?: boolean
}

class Detector implements PersonalDataDetector {
  readonly scanner: Scanner
  readonly rules: RuleSet | undefined
  readonly #judge: Judge
  readonly #trace: Trace | undefined
  readonly #makeSink: () => DetectingSink
  /** The sink of whole contents. */
  readonly #sink: DetectingSink

  constructor(scanner: Scanner, judge: Judge, { rules, trace }: Pick<DetectionExtras, 'rules' | 'trace'>) {
    this.scanner = scanner
    this.rules = rules
    this.#makeSink = () => new DetectingSink(judge, rules, trace)
    this.#judge = judge
    this.#trace = trace
    this.#sink = this.#makeSink()
  }

  detect(bytes: Uint8Array, start: number, end: number, out: FindingSink): void {
    const sink = this.#sink
    sink.reset()
    sink.out = out
    this.scanner.scan(bytes, start, end, sink)
    sink.endWhole(bytes, start, end)
    sink.out = undefined
  }

  detectField(bytes: Uint8Array, start: number, end: number, out: FindingSink): void {
    const sink = this.#sink
    sink.reset()
    sink.out = out
    sink.field(bytes, start, end)
    this.scanner.scan(bytes, start, end, sink)
    sink.endWhole(bytes, start, end)
    sink.out = undefined
  }

  judgeField(
    bytes: Uint8Array,
    start: number,
    end: number,
    field: string,
    offset = 0,
  ): Judgement | undefined {
    if (this.#trace !== undefined) {
      for (const assessment of this.#judge.assessField(bytes, start, end, field, offset))
        this.#trace.assessed(assessment)
    }
    const judge = this.#judge
    if (judge.judgeField(bytes, start, end, field)) {
      const { best, confidence } = judge
      return {
        recogniser: best.recogniser,
        confidence,
        needs: RecordEvidence.none,
        tells: judge.tells(bytes),
      }
    }
    const { needs } = judge
    if (needs === RecordEvidence.none) return undefined
    const { best, raisedConfidence: confidence } = judge
    return { recogniser: best.recogniser, confidence, needs, tells: RecordEvidence.none }
  }

  isTelling(field: string): boolean {
    return this.#judge.isTelling(field)
  }

  calledAfter(bytes: Uint8Array, start: number, field: string): readonly Recogniser[] {
    return this.#judge.calledAfter(bytes, start, field)
  }

  createStream(): DetectionStream {
    return new DetectorStream(this.scanner.createStream(), this.#makeSink(), this)
  }
}

/** Hands on what ends in the part of a content that is not decided yet: the rest was told of before. */
class PeekingSink implements FindingSink {
  #out: FindingSink | undefined
  #undecided = 0

  begin(out: FindingSink, undecided: number): void {
    this.#out = out
    this.#undecided = undecided
  }

  end(): void {
    this.#out = undefined
  }

  pass(): void {}

  field(): string {
    return this.#out?.field() ?? ''
  }

  found(finding: Finding): void {
    if (finding.end > this.#undecided) this.#out?.found(finding)
  }
}

class DetectorStream implements DetectionStream {
  readonly #stream: StreamScanner
  readonly #sink: DetectingSink

  readonly #detector: Detector
  readonly #peeking = new PeekingSink()

  constructor(stream: StreamScanner, sink: DetectingSink, detector: Detector) {
    this.#stream = stream
    this.#sink = sink
    this.#detector = detector
  }

  /** The kept end is looked at as a content of its own: what stands before it is context enough, as between two writes. */
  peek(out: FindingSink): void {
    const { bytes, end, undecided } = this.#stream.kept
    if (undecided >= end) return
    this.#peeking.begin(out, undecided)
    this.#detector.detect(bytes, 0, end, this.#peeking)
    this.#peeking.end()
  }

  write(bytes: Uint8Array, start: number, end: number, out: FindingSink): void {
    this.#sink.out = out
    this.#stream.write(bytes, start, end, this.#sink)
    this.#sink.out = undefined
  }

  close(out: FindingSink): void {
    this.#sink.out = out
    this.#stream.close(this.#sink)
    this.#sink.end()
    this.#sink.out = undefined
  }

  reset(): void {
    this.#stream.reset()
    this.#sink.reset()
  }
}
