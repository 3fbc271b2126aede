import { utf8 } from '../../lib/bytes.ts'
import type { Match, Pattern } from '../../scan/scanner.ts'
import type { Form, Recogniser } from '../recogniser.ts'
import type { ArrayValues } from './array-values.ts'
import type { Assessment } from './assessment.ts'
import { Assessor, type FieldValue } from './assessor.ts'
import { confidenceIndex, fieldValueConfidence, raisedConfidence } from './confidence.ts'
import { ContextWords } from './context-words.ts'
import type { FieldReading } from './field-vocabulary.ts'
import { FieldEvidence, FieldVocabulary } from './field-vocabulary.ts'
import { isJoined } from './joined.ts'
import { judged, judgedForm, type Judged, type JudgedForm } from './judged.ts'
import type { KeySyntax } from './key-patterns.ts'
import { keyPatterns } from './key-patterns.ts'
import { KeyedValue } from './keyed-value.ts'
import { Label } from './label.ts'
import { recordEvidence, RecordEvidence } from './record-evidence.ts'
import { classTable, ReachedMatch } from './reached-match.ts'

/** Forms that are written alike share a pattern. */
interface PatternForms {
  pattern: Pattern
  /** Bytes that values go on with behind a match; undefined where the match is all. */
  goesOnWith: Uint8Array | undefined
  forms: JudgedForm[]
}

/** Decides what a match, or the whole value of a field, is, and how surely. */
export class Judge {
  /** What to scan for. */
  readonly patterns: readonly Pattern[]
  /** Confidence that `rate` or `judgeField` found, and what it found it for. */
  confidence = 0
  best: Judged
  /** The value that was examined last lies in `bytes[start, end)`. */
  start = 0
  end = 0
  /** What the field's name said for `best`. */
  #evidence: FieldEvidence = FieldEvidence.none
  readonly #recognisers: readonly Judged[]
  /** Forms of each pattern; those of fields' names follow. */
  readonly #forms: readonly PatternForms[]
  readonly #syntaxes: readonly KeySyntax[]
  readonly #fields: FieldVocabulary
  readonly #contextWords: ContextWords
  readonly #label = new Label()
  readonly #keyed = new KeyedValue()
  readonly #assessor: Assessor
  readonly #reached = new ReachedMatch()
  /** Forms of the match at hand that it passed the checks of; the first `#acceptedCount` count. */
  readonly #accepted: JudgedForm[] = []
  #acceptedCount = 0
  /** The match at hand is of a field's name and value. */
  #isKeyed = false

  constructor(recognisers: readonly Recogniser[]) {
    this.#recognisers = recognisers.map(judged)
    const byExpression = new Map<string, PatternForms>()
    for (const known of this.#recognisers) {
      for (const form of known.recogniser.forms) collectForm(byExpression, form, judgedForm(known, form))
    }
    const collected = [...byExpression.values()]
    const keys = keyPatterns(recognisers)
    this.patterns = [...collected.map(({ pattern }) => pattern), ...keys.map(({ pattern }) => pattern)]
    this.#forms = collected
    this.#syntaxes = keys.map(({ syntax }) => syntax)
    this.best = this.#recognisers[0]
    this.#fields = new FieldVocabulary(recognisers)
    this.#contextWords = new ContextWords(recognisers)
    this.#assessor = new Assessor(this.#fields, this.#contextWords)
  }

  /**
   * True when the bytes alone can be one of the kinds that have this form, or the whole value of a field that they name.
   * `start` and `end` then tell where the value lies, and `rate` what it is, and how surely.
   */
  examine(match: Match): boolean {
    this.start = match.start
    this.end = match.end
    const keyed = match.pattern - this.#forms.length
    this.#isKeyed = keyed >= 0
    if (this.#isKeyed) return this.#examineKeyed(match, this.#syntaxes[keyed])
    const { forms, goesOnWith } = this.#forms[match.pattern]
    if (goesOnWith === undefined) return this.#examineForms(match, forms)
    return this.#reached.reach(match, goesOnWith) && this.#examineForms(this.#reached, forms)
  }

  #examineForms(match: Match, forms: readonly JudgedForm[]): boolean {
    this.#acceptedCount = 0
    let grader: ((match: Match) => number) | undefined
    let grade = 0
    for (let i = 0; i < forms.length; i++) {
      const form = forms[i]
      if (form.graded !== undefined) {
        // Forms that share an expression share what is made of a match.
        if (form.graded.by !== grader) grade = form.graded.by(match)
        grader = form.graded.by
        if (grade !== form.graded.as) continue
      }
      if (form.check !== undefined && !form.check(match)) continue
      if (!form.mayBeJoined && isJoined(match)) continue
      this.#accepted[this.#acceptedCount++] = form
    }
    this.end = match.end
    return this.#acceptedCount > 0
  }

  #examineKeyed(match: Match, syntax: KeySyntax): boolean {
    const keyed = this.#keyed
    if (!keyed.find(match, syntax)) return false
    this.start = keyed.start
    this.end = keyed.end
    const possible = this.#fields.possibleAt(match.bytes, keyed.key)
    if (keyed.isArray) return possible.length > 0
    for (let i = 0; i < possible.length; i++) {
      const { value, valueMayBeCut } = this.#recognisers[possible[i]].recogniser
      if (value === undefined || (keyed.isCut && valueMayBeCut !== true)) continue
      if (value(match.bytes, keyed.start, keyed.end) > 0) return true
    }
    return false
  }

  /** What was examined last is the name of a field and the beginning of an array, whose values count each by itself. */
  get opensArray(): boolean {
    return this.#isKeyed && this.#keyed.isArray
  }

  /** What the name of the field that was examined last says, where the field around is `field` or, for `''`, not known. */
  keyReading(match: Match, field: string): FieldReading {
    return field === '' ? this.#fields.readLabel(match.bytes, this.#keyed.key) : this.#fields.read(field)
  }

  /** Rates what was examined last by the field it stands in, or the words around it: sets `confidence` and `best`. */
  rate(match: Match, field: string): void {
    if (this.#isKeyed) {
      const reading = this.keyReading(match, field)
      this.#rateValue(match.bytes, this.start, this.end, reading, this.#keyed.isCut)
    } else {
      this.#rateForms(match, field)
    }
  }

  /** Judges the whole value of a field whose name is known. False when it is none of the field's kinds. */
  judgeField(bytes: Uint8Array, start: number, end: number, field: string): boolean {
    this.start = start
    this.end = end
    return this.#judgeValue(bytes, this.#fields.read(field), false)
  }

  /** The same for the value at hand of an array; `bytes` holds the content's byte 0 at index `origin`, or would. */
  judgeElement(bytes: Uint8Array, origin: number, { start, end, reading, isCut }: ArrayValues): boolean {
    this.start = start + origin
    this.end = end + origin
    return this.#judgeValue(bytes, reading, isCut)
  }

  #judgeValue(bytes: Uint8Array, reading: FieldReading, isCut: boolean): boolean {
    this.confidence = -1
    if (reading.telling.length === 0) return false
    this.#rateValue(bytes, this.start, this.end, reading, isCut)
    return this.confidence >= this.best.threshold
  }

  /** What the value rated last, which is reported, says of the record that it stands in. */
  tells(bytes: Uint8Array): RecordEvidence {
    const { start, end, confidence } = this
    return recordEvidence(this.best.recogniser, { bytes, start, end, evidence: this.#evidence, confidence })
  }

  /** Whether the field of the value rated last is called after what it was found to be. */
  get isNamed(): boolean {
    return this.#evidence >= FieldEvidence.shared
  }

  /** What its record has to be for the value rated last, which is not reported, to be so; `none` where nothing helps. */
  get needs(): RecordEvidence {
    const isVague = this.#evidence === FieldEvidence.weak
    return isVague && this.confidence >= this.best.leastInRecord ? this.best.needs : RecordEvidence.none
  }

  /** How sure the value rated last is then. */
  get raisedConfidence(): number {
    return raisedConfidence(this.confidence)
  }

  /** Whether whole values of a field count. */
  isTelling(field: string): boolean {
    return this.#fields.read(field).telling.length > 0
  }

  /** What each form of a match that was examined comes to, for explanations: it allocates. */
  assess(match: Match, field: string): Assessment[] {
    const keyed = match.pattern - this.#forms.length
    if (keyed >= 0) return this.#assessKeyed(match, field, this.#syntaxes[keyed])
    const { forms, goesOnWith } = this.#forms[match.pattern]
    if (goesOnWith !== undefined && !this.#reached.reach(match, goesOnWith)) return []
    const value = goesOnWith === undefined ? match : this.#reached
    const label = field === '' && this.#label.find(match) ? this.#label : undefined
    return forms.map((form) => this.#assessor.form(form, { match: value, field, label }))
  }

  #assessKeyed(match: Match, field: string, syntax: KeySyntax): Assessment[] {
    if (!this.#keyed.find(match, syntax) || this.#keyed.isArray) return []
    const { start, end, isCut } = this.#keyed
    const label = field === '' ? this.keyText(match) : undefined
    const value = { bytes: match.bytes, start, end, field, label }
    return this.#assessValue(value, match.offset - match.start, isCut)
  }

  /** The same for the whole value of a field, which `judgeField` was asked about; it begins at position `offset`. */
  assessField(bytes: Uint8Array, start: number, end: number, field: string, offset: number): Assessment[] {
    return this.#assessValue({ bytes, start, end, field, label: undefined }, offset - start, false)
  }

  /** And for the value at hand of an array. */
  assessElement(bytes: Uint8Array, origin: number, value: ArrayValues): Assessment[] {
    const { start, end, field, label, isCut } = value
    return this.#assessValue(
      { bytes, start: start + origin, end: end + origin, field, label },
      -origin,
      isCut,
    )
  }

  /** The name of the field that was examined last, as it is written. */
  keyText({ bytes }: Match): string {
    return utf8(bytes, this.#keyed.key.start, this.#keyed.key.end)
  }

  /** Recognisers that the field at `bytes[start]`, or the label before it, is called after. For explanations. */
  calledAfter(bytes: Uint8Array, start: number, field: string): Recogniser[] {
    const place = { pattern: -1, bytes, start, end: start, from: 0, to: bytes.length, offset: start }
    const isLabelled = field === '' && this.#label.find(place)
    const path = isLabelled ? utf8(bytes, this.#label.start, this.#label.end) : field
    if (path === '') return []
    const { evidence } = this.#fields.read(path)
    return this.#recognisers
      .filter(({ rank }) => evidence[rank] >= FieldEvidence.shared)
      .map(({ recogniser }) => recogniser)
  }

  #assessValue(value: FieldValue, shift: number, isCut: boolean): Assessment[] {
    const { telling, evidence } = this.#fields.read(value.label ?? value.field)
    const asked = telling.filter(
      (rank) => !isCut || this.#recognisers[rank].recogniser.valueMayBeCut === true,
    )
    return asked.map((rank) => {
      const said = evidence[rank] as FieldEvidence
      return this.#assessor.value(this.#recognisers[rank], value, said, shift)
    })
  }

  #rateValue(
    bytes: Uint8Array,
    start: number,
    end: number,
    { telling, evidence }: FieldReading,
    isCut: boolean,
  ): void {
    this.confidence = -1
    for (let i = 0; i < telling.length; i++) {
      const judged = this.#recognisers[telling[i]]
      if (isCut && judged.recogniser.valueMayBeCut !== true) continue
      const alone = judged.recogniser.value?.(bytes, start, end) ?? 0
      if (alone === 0 || this.#fields.isName(bytes, start, end, judged.rank)) continue
      const confidence = fieldValueConfidence(alone, evidence[judged.rank] as FieldEvidence)
      if (confidence <= this.confidence) continue
      this.best = judged
      this.#evidence = evidence[judged.rank] as FieldEvidence
      this.confidence = confidence
    }
  }

  #rateForms(match: Match, field: string): void {
    const isLabelled = field === '' && this.#label.find(match)
    const reading = this.#readingOf(match, field, isLabelled)
    let isRead = false
    let wasNamed = false
    this.confidence = -1
    for (let i = 0; i < this.#acceptedCount; i++) {
      const form = this.#accepted[i]
      let evidence = (reading === undefined ? FieldEvidence.none : reading[form.rank]) as FieldEvidence
      let hasContextWord = false
      if (evidence === FieldEvidence.none && !form.heedsContext && !isLabelled) continue
      if (evidence === FieldEvidence.none && form.heedsContext) {
        if (!isRead) this.#readContext(match, field, isLabelled)
        isRead = true
        hasContextWord = this.#contextWords.isNear(form.rank)
        if (!hasContextWord && !isLabelled && this.#contextWords.followsTechnicalName(match))
          evidence = FieldEvidence.against
      }
      const isUnnamed = field === '' && !isLabelled && evidence === FieldEvidence.none && !hasContextWord
      const confidence = isUnnamed
        ? form.unnamed
        : form.confidences[confidenceIndex(evidence, hasContextWord)]
      const isNamed = evidence >= FieldEvidence.shared && confidence >= form.threshold
      if (isNamed === wasNamed ? confidence <= this.confidence : wasNamed) continue
      this.best = form
      this.#evidence = evidence
      this.confidence = confidence
      wasNamed = isNamed
    }
  }

  /** A label is all that is said of its value: words further off belong to others. */
  #readContext(match: Match, field: string, isLabelled: boolean): void {
    if (isLabelled) this.#contextWords.readLabel(match.bytes, this.#label)
    else this.#contextWords.read(match, field !== '')
  }

  /** What the field's name, or the label before the value, says about each recogniser. */
  #readingOf(match: Match, field: string, isLabelled: boolean): Int8Array | undefined {
    if (isLabelled) return this.#fields.readLabel(match.bytes, this.#label).evidence
    return field === '' ? undefined : this.#fields.read(field).evidence
  }
}

/** Digits have no case: forms of them are one pattern whatever else their recognisers look for. */
function hasLetters(expression: string): boolean {
  return /[A-Za-z]/.test(expression.replace(/\\[dDsS]/g, ''))
}

function collectForm(
  patterns: Map<string, PatternForms>,
  { expression, goesOnWith }: Form,
  form: JudgedForm,
): void {
  const { id } = form.recogniser
  const ignoreCase = form.recogniser.ignoreCase === true && hasLetters(expression)
  const key = `${ignoreCase} ${goesOnWith ?? ''} ${expression}`
  const known = patterns.get(key)
  if (known !== undefined) {
    known.forms.push(form)
  } else if (goesOnWith === undefined) {
    patterns.set(key, { pattern: { id, expression, ignoreCase }, goesOnWith, forms: [form] })
  } else {
    // Where it is cut, a letter or digit follows.
    const pattern: Pattern = { id, expression, ignoreCase, boundary: 'none' }
    patterns.set(key, { pattern, goesOnWith: classTable(id, goesOnWith), forms: [form] })
  }
}
