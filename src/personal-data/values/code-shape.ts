/** What a number with or without letters, as offices and companies give them, is made of. One object is reused: read, then ask. */
class CodeShape {
  digits = 0
  capitals = 0
  smalls = 0
  /** Spaces, hyphens, dots and slashes between two letters or digits. */
  separators = 0
  /** Bytes that are none of these, and separators that separate nothing. */
  others = 0
  /** Different letters and digits, up to 36: small letters count as capitals. */
  different = 0
  /** Places at which letters follow digits or the other way round. */
  changes = 0
  readonly #seen = new Uint32Array(36)
  #reads = 0

  /** Reads `bytes[start, end)`. */
  read(bytes: Uint8Array, start: number, end: number): this {
    this.digits = this.capitals = this.smalls = this.separators = this.others = 0
    this.different = this.changes = 0
    this.#reads = (this.#reads + 1) >>> 0
    /** 0 before all, 1 behind a digit, 2 behind a letter. */
    let before = 0
    let isBehindSeparator = true
    for (let i = start; i < end; i++) {
      const value = valueOf(bytes[i])
      if (value < 0) {
        if (isSeparator(bytes[i]) && !isBehindSeparator && i + 1 < end) this.separators++
        else this.others++
        isBehindSeparator = true
        continue
      }
      isBehindSeparator = false
      this.#count(bytes[i], value)
      const kind = value < 10 ? 1 : 2
      if (before !== 0 && before !== kind) this.changes++
      before = kind
    }
    return this
  }

  #count(byte: number, value: number): void {
    if (value < 10) this.digits++
    else if (byte < 0x61) this.capitals++
    else this.smalls++
    if (this.#seen[value] === this.#reads) return
    this.#seen[value] = this.#reads
    this.different++
  }

  get letters(): number {
    return this.capitals + this.smalls
  }

  /** Letters and digits. */
  get length(): number {
    return this.digits + this.letters
  }
}

/** 0 to 9 for digits, 10 to 35 for letters, -1 for anything else. */
function valueOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 26 ? letter + 10 : -1
}

function isSeparator(byte: number): boolean {
  return byte === 0x20 || byte === 0x2d || byte === 0x2e || byte === 0x2f
}

const shape = new CodeShape()

/** What `bytes[start, end)` is made of. Valid until the next call. */
export function codeShapeOf(bytes: Uint8Array, start: number, end: number): CodeShape {
  return shape.read(bytes, start, end)
}

/** A number's letters and digits: how many of them there are, and of each. */
export interface CodeBounds {
  length: readonly [least: number, most: number]
  digits: readonly [least: number, most: number]
  letters: readonly [least: number, most: number]
  /** Separators at most; 3 if not told. */
  separators?: number
}

/** Fewer different characters than these, and someone has filled it in: `000000000`, `XX-111111`. */
const fewestDifferent = 3

/** Whether `bytes[start, end)` is a number within bounds, its letters in one case, and no filler. */
export function isCode(bytes: Uint8Array, start: number, end: number, bounds: CodeBounds): boolean {
  // A separator for each letter or digit would be too many.
  if (end - start > 2 * bounds.length[1]) return false
  const { length, digits, letters, capitals, smalls, separators, others, different } = shape.read(
    bytes,
    start,
    end,
  )
  return (
    others === 0 &&
    separators <= (bounds.separators ?? 3) &&
    isWithin(length, bounds.length) &&
    isWithin(digits, bounds.digits) &&
    isWithin(letters, bounds.letters) &&
    (capitals === 0 || smalls === 0) &&
    different >= fewestDifferent
  )
}

function isWithin(count: number, [least, most]: readonly [number, number]): boolean {
  return count >= least && count <= most
}
