import type { FieldTracker } from './field-tracker.ts'
import { FieldPath } from './field-path.ts'
import { limits } from './limits.ts'

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
export class YamlTracker implements FieldTracker {
  readonly #path = new FieldPath()
  /** Columns of the levels in block style. */
  readonly #indents = new Int32Array(limits.depth)
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
  /** Levels in flow style that are open; they are the innermost. */
  #flow = 0
  /** The position is on a level in block style too deep to be kept. */
  #isBeyond = false
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
    this.#beginDocument()
    this.#beginLine()
  }

  #beginDocument(): void {
    this.#path.clear()
    this.#flow = 0
    this.#isBeyond = false
    this.#state = State.start
    this.#atIndent = false
    this.#isFirst = false
    this.#mayBeKey = true
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (!this.#isBegun && isByteOrderMark(c)) continue
      this.#isBegun = true
      if (this.#column <= 3) this.#documentMarker(c)
      this.#step(c)
      this.#previous = c
      if (c === LF) this.#endLine()
      else this.#column++
    }
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
      (this.#flow > 0 && state !== State.comment)
    if (goesOn) this.#atIndent = true
    else this.#beginLine()
  }

  #beginLine(): void {
    this.#state = State.start
    this.#atIndent = true
    if (this.#flow > 0) return
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
    else if (this.#flow > 0) this.#startInFlow(c)
    else this.#startInBlock(c)
  }

  #startInFlow(c: number): void {
    if (!this.#flowIndicator(c) && c !== COLON) this.#beginPlain(c)
  }

  #startInBlock(c: number): void {
    if ((c === 0x7c || c === 0x3e) && (!this.#isFirst || this.#path.depth === 0)) {
      this.#scalarIndent = this.#innermostIndent()
      this.#state = State.blockHeader
    } else if (c === DASH && this.#mayBeKey) {
      this.#beginNode()
      this.#state = State.dash
    } else if (c === 0x25 && this.#column === 0 && this.#path.depth === 0) {
      this.#state = State.comment
    } else {
      this.#beginPlain(c)
    }
  }

  /** The first byte of a line that is not indentation closes the levels right of it. */
  #leaveIndent(c: number): void {
    this.#atIndent = false
    if (this.#flow > 0) return
    this.#leaveBlocks(this.#column, c !== DASH)
    if (c !== DASH && this.#isOn(false, this.#column)) this.#path.beginName()
  }

  /** Closes what is right of a column; there, too, a sequence if the line is none of its entries. */
  #leaveBlocks(column: number, andSequence: boolean): void {
    this.#isBeyond = false
    while (this.#innermostIndent() > column) this.#path.leave()
    if (andSequence && this.#isOn(true, column)) this.#path.leave()
  }

  #innermostIndent(): number {
    const depth = this.#path.depth
    return depth === 0 ? -1 : this.#indents[depth - 1]
  }

  #isOn(isList: boolean, column: number): boolean {
    return this.#path.isInList() === isList && this.#innermostIndent() === column
  }

  #beginNode(): void {
    this.#keyLength = 0
    this.#nodeColumn = this.#column
  }

  #beginPlain(c: number): void {
    this.#beginNode()
    this.#state = State.plain
    this.#keep(c)
  }

  #keep(c: number): void {
    if (this.#keyLength < limits.nameBytes) this.#key[this.#keyLength] = c
    this.#keyLength++
  }

  #dash(c: number): void {
    if (isWhite(c)) {
      this.#enterBlock(true, this.#nodeColumn)
      this.#state = State.start
      this.#isFirst = false
      return
    }
    // `-5` or `-x`: no entry after all.
    this.#leaveBlocks(this.#nodeColumn, true)
    this.#state = State.plain
    this.#keep(DASH)
    this.#plain(c)
  }

  #plain(c: number): void {
    if (this.#previous === COLON && (isWhite(c) || (this.#flow > 0 && isFlowIndicator(c)))) {
      this.#keyLength--
      if (this.#endKey()) {
        this.#start(c)
        return
      }
      this.#keyLength++
    }
    if (c === HASH && isWhite(this.#previous)) this.#state = State.comment
    else if (this.#flow === 0 || !this.#flowIndicator(c)) this.#keep(c)
  }

  #quoted(c: number): void {
    // The lines of a quoted scalar are indented; where they are not, its end is missing.
    if (this.#atIndent && !isWhite(c)) {
      this.#atIndent = false
      if (this.#flow === 0 && this.#column <= this.#innermostIndent()) {
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
    } else if (c === COLON && this.#flow > 0) {
      // A key in quotes needs no space behind its colon there, as in JSON.
      this.#endKey()
    } else if (this.#previous === COLON && isWhite(c) && this.#endKey()) {
      this.#start(c)
    } else if (c === HASH && isWhite(this.#previous)) {
      this.#state = State.comment
    } else if (!isWhite(c) && c !== COLON && (this.#flow === 0 || !this.#flowIndicator(c))) {
      this.#mayBeKey = false
      this.#state = State.plain
    }
  }

  #property(c: number): void {
    if (isWhite(c)) this.#state = State.start
    else if (this.#flow > 0) this.#flowIndicator(c)
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
    if (this.#flow === 0) this.#enterBlock(false, this.#nodeColumn)
    if (!this.#isBeyond && this.#path.isInList() === false) {
      this.#path.beginName()
      this.#path.appendToName(this.#key, 0, this.#trimmedKeyLength())
      this.#path.endName()
    }
    this.#state = State.start
    this.#isFirst = false
    this.#mayBeKey = false
    return true
  }

  #trimmedKeyLength(): number {
    let length = Math.min(this.#keyLength, limits.nameBytes)
    while (length > 0 && isWhite(this.#key[length - 1])) length--
    return length
  }

  #enterBlock(isList: boolean, column: number): void {
    this.#leaveBlocks(column, !isList)
    if (this.#isOn(isList, column)) return
    this.#isBeyond = this.#path.depth >= limits.depth
    if (this.#isBeyond) return
    this.#path.enter(isList)
    this.#indents[this.#path.depth - 1] = column
  }

  #enterFlow(isList: boolean): void {
    this.#path.enter(isList)
    this.#flow++
    this.#beginFlowEntry()
  }

  #beginFlowEntry(): void {
    this.#state = State.start
    this.#mayBeKey = true
  }

  /** True for a byte that ends or begins an entry or a level of a flow style, where it was taken as such. */
  #flowIndicator(c: number): boolean {
    if (!isFlowIndicator(c)) return false
    if (c === 0x7b || c === 0x5b) {
      this.#enterFlow(c === 0x5b)
    } else if (c === COMMA) {
      if (this.#path.isInList() === false) this.#path.beginName()
      this.#beginFlowEntry()
    } else {
      this.#path.leave()
      this.#flow--
      this.#state = State.afterQuoted
      this.#mayBeKey = false
    }
    return true
  }

  field(): string {
    if (this.#state === State.comment) return ''
    return this.#isBeyond && this.#path.depth === limits.depth ? `${this.#path.text()}…` : this.#path.text()
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
