import { limits } from './limits.ts'
import type { Name } from './name.ts'
import { shownName } from './shown-name.ts'

/** A name as text, in lower case. */
export interface NameText {
  readonly wire: Uint8Array
  /** Presentation form (RFC 1035 section 5.1): what is no printable character is `\\DDD`. */
  readonly text: string
  /** For records: without what may be personal data. */
  readonly shown: string
  /** Letters, digits, hyphens and underscores alone: what can be a machine's name. */
  readonly isHost: boolean
}

/**
 * Texts of names, kept by their bytes: most names are asked again, on other flows, and then nothing is allocated.
 * Direct-mapped, so that it never grows: a new name takes the place of another.
 */
export class NameTexts {
  readonly #kept: (NameText | undefined)[] = Array.from({ length: limits.keptNames })

  get(name: Name): NameText {
    const slot = (name.hash ^ (name.check >>> 7)) & (limits.keptNames - 1)
    const known = this.#kept[slot]
    if (known !== undefined && isSame(known.wire, name)) return known
    const made = makeText(name)
    this.#kept[slot] = made
    return made
  }
}

function isSame(wire: Uint8Array, name: Name): boolean {
  if (wire.length !== name.length) return false
  for (let i = 0; i < wire.length; i++) if (wire[i] !== lower(name.wire[i])) return false
  return true
}

function makeText(name: Name): NameText {
  const wire = new Uint8Array(name.length)
  for (let i = 0; i < wire.length; i++) wire[i] = lower(name.wire[i])
  const text = presentation(wire)
  return { wire, text, shown: shownName(text), isHost: isHostName(wire) }
}

/** Length bytes are below the letters: they stay as they are. */
function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

/** `.` for the root; others without the dot at their end. */
function presentation(wire: Uint8Array): string {
  if (wire.length === 0) return '.'
  let text = ''
  for (let i = 0; i < wire.length; i += wire[i] + 1) {
    if (i > 0) text += '.'
    for (let at = i + 1; at <= i + wire[i]; at++) text += characterText(wire[at])
  }
  return text
}

function characterText(byte: number): string {
  // `.` and `\`: within a label they are escaped.
  if (byte === 0x2e || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
  if (byte > 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `\\${String(byte).padStart(3, '0')}`
}

function isHostName(wire: Uint8Array): boolean {
  for (let i = 0; i < wire.length; i += wire[i] + 1) {
    for (let at = i + 1; at <= i + wire[i]; at++) if (!isHostCharacter(wire[at])) return false
  }
  return wire.length > 0
}

function isHostCharacter(byte: number): boolean {
  const isLetter = byte >= 0x61 && byte <= 0x7a
  const isDigit = byte >= 0x30 && byte <= 0x39
  return isLetter || isDigit || byte === 0x2d || byte === 0x5f
}
