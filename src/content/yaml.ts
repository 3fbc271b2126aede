import type { ValueSink, ValueTracker } from './field-tracker.ts'
import { KeptValue } from './kept-value.ts'
import { limits } from './limits.ts'
import { YamlLevels } from './yaml-levels.ts'

const State = {
  /** Before a node: indentation, or what follows `- `, `key: `, `{`, `,`. */
  start: 0,
  dash: 1,
  plain: 2,
  doubleQuoted: 3,
  escape: 4,
  singleQuoted: 5,
  afterQuoted: 6,
  /** An anchor or a tag. */
  property: 7,
  comment: 8,
  blockHeader: 9,
  blockText: 10,
} as const

const LF = 0x0a
const COLON = 0x3a
const DASH = 0x2d
const HASH = 0x23
const DOUBLE_QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const COMMA = 0x2c

/**
 * YAML 1.2 in block and flow style. Fields are named as in JSON: `$.customer.accounts[].iban`. A lexer that knows
 * indentation, not a parser: explicit keys (`? key`) have no name. Comments have no field: what is written there is not the
 * value that stands before it.
 */
export class YamlTracker implements ValueTracker {
  values: ValueSink | undefined
  readonly #value = new KeptValue()
  #valueField = ''
  /** Of the byte at hand, in the content. */
  #at = 0
  readonly #levels = new YamlLevels()
  /** A scalar that may turn out to be a key; its first bytes. */
  readonly #key = new Uint8Array(limits.nameBytes)
  #keyLength = 0
  #state: number = State.start
  /** Of the byte to come, and of the node at hand. */
  #column = 0
  #nodeColumn = 0
  #previous = LF
  /** The line so far is indentation. */
  #atIndent = true
  /** The node at hand is the first of its line; it may be a key. */
  #isFirst = true
  #mayBeKey = true
  /** Column that the lines of a block scalar are right of. */
  #scalarIndent = -1
  /** `-` or `.` where the line so far consists of it. */
  #marker = 0
  #isBegun = false

  reset(): void {
    this.#previous = LF
    this.#column = 0
    this.#marker = 0
    this.#isBegun = false
    this.#at = 0
    this.#value.drop()
    this.#beginDocument()
    this.#beginLine()
  }

  end(): void {
    this.#endScalar()
  }

  #beginDocument(): void {
    this.#endScalar()
    this.#levels.clear()
    this.#state = State.start
    this.#atIndent = false
    this.#isFirst = false
    this.#mayBeKey = true
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      if (this.#isBegun || !isByteOrderMark(bytes[i])) this.#next(bytes[i])
      this.#at++
    }
  }

  #next(c: number): void {
    this.#isBegun = true
    if (this.#column <= 3) this.#documentMarker(c)
    this.#step(c)
    this.#previous = c
    if (c === LF) this.#endLine()
    else this.#column++
  }

  /** `---` or `...` at the beginning of a line, which no scalar may hold (section 9.1.2): whatever is open ends. */
  #documentMarker(c: number): void {
    if (this.#column === 0) this.#marker = c === DASH || c === 0x2e ? c : 0
    else if (this.#column < 3 && c !== this.#marker) this.#marker = 0
    else if (this.#column === 3 && this.#marker !== 0 && isWhite(c)) this.#beginDocument()
  }

  #step(c: number): void {
    const state = this.#state
    if (state === State.start) this.#start(c)
    else if (state === State.plain) this.#plain(c)
    else if (state >= State.doubleQuoted && state <= State.singleQuoted) this.#quoted(c)
    else if (state === State.dash) this.#dash(c)
    else if (state === State.afterQuoted) this.#afterQuoted(c)
    else if (state === State.property) this.#property(c)
    else if (state === State.blockText) this.#blockText(c)
  }

  #endLine(): void {
    this.#column = 0
    const state = this.#state
    if (state === State.blockHeader) this.#state = State.blockText
    const goesOn =
      (state >= State.doubleQuoted && state <= State.singleQuoted) ||
      state >= State.blockHeader ||
      (this.#levels.isInFlow && state !== State.comment)
    if (goesOn) this.#atIndent = true
    else {
      this.#endScalar()
      this.#beginLine()
    }
  }

  #beginLine(): void {
    this.#state = State.start
    this.#atIndent = true
    if (this.#levels.isInFlow) return
    this.#isFirst = true
    this.#mayBeKey = true
  }

  #start(c: number): void {
    if (isWhite(c)) return
    if (c === HASH) {
      this.#state = State.comment
      return
    }
    if (this.#atIndent) this.#leaveIndent(c)
    if (c === DOUBLE_QUOTE || c === SINGLE_QUOTE) {
      this.#beginNode()
      this.#state = c === DOUBLE_QUOTE ? State.doubleQuoted : State.singleQuoted
    } else if (c === 0x7b) this.#enterFlow(false)
    else if (c === 0x5b) this.#enterFlow(true)
    else if (c === 0x26 || c === 0x21) this.#state = State.property
    else if (this.#levels.isInFlow) this.#startInFlow(c)
    else this.#startInBlock(c)
  }

  #startInFlow(c: number): void {
    if (!this.#flowIndicator(c) && c !== COLON) this.#beginPlain(c)
  }

  #startInBlock(c: number): void {
    if ((c === 0x7c || c === 0x3e) && (!this.#isFirst || this.#levels.isEmpty)) {
      this.#scalarIndent = this.#levels.column
      this.#state = State.blockHeader
    } else if (c === DASH && this.#mayBeKey) {
      this.#beginNode()
      this.#state = State.dash
    } else if (c === 0x25 && this.#column === 0 && this.#levels.isEmpty) {
      this.#state = State.comment
    } else {
      this.#beginPlain(c)
    }
  }

  /** The first byte of a line that is not indentation closes the levels right of it. */
  #leaveIndent(c: number): void {
    this.#atIndent = false
    if (this.#levels.isInFlow) return
    this.#levels.leaveBlocks(this.#column, c !== DASH)
    if (c !== DASH && this.#levels.expectsKey(this.#column)) this.#levels.beginKey()
  }

  #beginNode(): void {
    this.#keyLength = 0
    this.#nodeColumn = this.#column
    this.#value.drop()
    if (this.values === undefined || (this.#mayBeKey && this.#levels.expectsKey(this.#column))) return
    this.#valueField = this.field()
    if (this.values.isTelling(this.#valueField)) this.#value.begin()
  }

  /** The scalar at hand is over, and was no key. */
  #endScalar(): void {
    if (this.#value.isOpen && this.values !== undefined) this.#value.end(this.#valueField, this.values)
  }

  #beginPlain(c: number): void {
    this.#beginNode()
    this.#state = State.plain
    this.#keep(c)
  }

  #keep(c: number, at = this.#at): void {
    if (this.#value.isOpen) this.#value.add(c, at)
    if (this.#keyLength < limits.nameBytes) this.#key[this.#keyLength] = c
    this.#keyLength++
  }

  #dash(c: number): void {
    if (isWhite(c)) {
      this.#levels.enterBlock(true, this.#nodeColumn)
      this.#state = State.start
      this.#isFirst = false
      return
    }
    // `-5` or `-x`: no entry after all.
    this.#levels.leaveBlocks(this.#nodeColumn, true)
    this.#state = State.plain
    this.#keep(DASH, this.#at - 1)
    this.#plain(c)
  }

  #plain(c: number): void {
    if (this.#previous === COLON && (isWhite(c) || (this.#levels.isInFlow && isFlowIndicator(c)))) {
      this.#keyLength--
      if (this.#endKey()) {
        this.#start(c)
        return
      }
      this.#keyLength++
    }
    if (c === HASH && isWhite(this.#previous)) this.#beginComment()
    else if (!this.#flowIndicator(c)) this.#keep(c)
  }

  #quoted(c: number): void {
    // The lines of a quoted scalar are indented; where they are not, its end is missing.
    if (this.#atIndent && !isWhite(c)) {
      this.#atIndent = false
      if (!this.#levels.isInFlow && this.#column <= this.#levels.column) {
        this.#value.drop()
        this.#beginLine()
        this.#start(c)
        return
      }
    }
    if (this.#state === State.escape) this.#state = State.doubleQuoted
    else if (c === 0x5c && this.#state === State.doubleQuoted) this.#state = State.escape
    else if (c === (this.#state === State.singleQuoted ? SINGLE_QUOTE : DOUBLE_QUOTE)) {
      this.#state = State.afterQuoted
      return
    }
    if (this.#state !== State.escape) this.#keep(c)
  }

  #afterQuoted(c: number): void {
    if (c === SINGLE_QUOTE && this.#previous === SINGLE_QUOTE) {
      this.#keep(c)
      this.#state = State.singleQuoted
    } else if (c === COLON && this.#levels.isInFlow) {
      // A key in quotes needs no space behind its colon there, as in JSON.
      this.#endKey()
    } else if (this.#previous === COLON && isWhite(c) && this.#endKey()) {
      this.#start(c)
    } else if (c === HASH && isWhite(this.#previous)) {
      this.#beginComment()
    } else if (!isWhite(c) && c !== COLON && !this.#flowIndicator(c)) {
      this.#value.drop()
      this.#mayBeKey = false
      this.#state = State.plain
    }
  }

  #property(c: number): void {
    if (isWhite(c)) this.#state = State.start
    else this.#flowIndicator(c)
  }

  #blockText(c: number): void {
    if (!this.#atIndent || isWhite(c)) return
    this.#atIndent = false
    if (this.#column > this.#scalarIndent) return
    this.#beginLine()
    this.#start(c)
  }

  /** Takes the scalar just read as a key, if there may be one. Its value follows. */
  #endKey(): boolean {
    if (!this.#mayBeKey) return false
    this.#value.drop()
    if (!this.#levels.isInFlow) this.#levels.enterBlock(false, this.#nodeColumn)
    this.#levels.nameKey(this.#key, this.#trimmedKeyLength())
    this.#state = State.start
    this.#isFirst = false
    this.#mayBeKey = false
    return true
  }

  #beginComment(): void {
    this.#endScalar()
    this.#state = State.comment
  }

  #trimmedKeyLength(): number {
    let length = Math.min(this.#keyLength, limits.nameBytes)
    while (length > 0 && isWhite(this.#key[length - 1])) length--
    return length
  }

  #enterFlow(isList: boolean): void {
    this.#levels.enterFlow(isList)
    this.#beginFlowEntry()
  }

  #beginFlowEntry(): void {
    this.#state = State.start
    this.#mayBeKey = true
  }

  /** True for a byte that ends or begins an entry or a level of a flow style, where it was taken as such. */
  #flowIndicator(c: number): boolean {
    if (!this.#levels.isInFlow || !isFlowIndicator(c)) return false
    this.#endScalar()
    if (c === 0x7b || c === 0x5b) {
      this.#enterFlow(c === 0x5b)
    } else if (c === COMMA) {
      this.#levels.beginKey()
      this.#beginFlowEntry()
    } else {
      this.#levels.leaveFlow()
      this.#state = State.afterQuoted
      this.#mayBeKey = false
    }
    return true
  }

  record(): number {
    return this.#levels.record()
  }

  isInRecord(record: number): boolean {
    return this.#levels.isInRecord(record)
  }

  field(): string {
    return this.#state === State.comment ? '' : this.#levels.text()
  }
}

/** White space and line ends: nothing depends on which. */
function isWhite(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === LF || c === 0x0d
}

function isFlowIndicator(c: number): boolean {
  return c === COMMA || c === 0x5b || c === 0x5d || c === 0x7b || c === 0x7d
}

function isByteOrderMark(c: number): boolean {
  return c === 0xef || c === 0xbb || c === 0xbf
}
