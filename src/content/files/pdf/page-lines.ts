import { limits } from './limits.ts'

/** A piece of text as it was shown, in the space of the page. */
interface Piece {
  text: string
  /** Along the line that it was written on, where it begins and ends. */
  start: number
  end: number
  /** Across it, upwards. */
  across: number
  size: number
  /** Quarters of a turn that the line is turned by. */
  turn: number
}

/** Gaps, in sizes of the font, from which on there was a space, and another column. */
const spaceGap = 0.1
const columnGap = 1.5
/** Letters and words of a line that may be one of sentences. */
const sentenceLetters = 40
const sentenceWords = 5
/** Sizes of the font between the lines of a paragraph at most, and by which its first line may be indented. */
const paragraphGap = 1.7
const indent = 3
/** Sizes of the font by which baselines of one line may differ. */
const lineTolerance = 0.35

/** Puts the pieces of a page together by where they stand: they were written in whatever order, and a number in several. */
export class PageLines {
  readonly #pieces: Piece[] = []
  #letters = 0

  /** False where a page has no room for more. */
  add(piece: Piece): boolean {
    this.#letters += piece.text.length
    if (this.#letters > limits.pageLetters) return false
    const last = this.#pieces.at(-1)
    if (last !== undefined && follows(last, piece)) {
      last.text += piece.text
      last.end = piece.end
    } else this.#pieces.push(piece)
    return true
  }

  /** Lines from the top down, each from its beginning. */
  text(): string {
    const lines: Piece[][] = []
    for (const piece of this.#pieces.toSorted(byLine)) {
      const line = lines.at(-1)
      if (line !== undefined && isOnLine(line[0], piece)) line.push(piece)
      else lines.push([piece])
    }
    return joined(lines.map(lineOf))
  }
}

/** A line as a person reads it. */
interface Line {
  text: string
  start: number
  end: number
  across: number
  size: number
  turn: number
}

function lineOf(pieces: readonly Piece[]): Line {
  const { across, size, turn } = pieces[0]
  const start = pieces.reduce((least, piece) => Math.min(least, piece.start), Infinity)
  const end = pieces.reduce((most, piece) => Math.max(most, piece.end), -Infinity)
  return { text: lineText(pieces), start, end, across, size, turn }
}

/** What goes on in the next line is one text: a number may be broken there. */
function joined(lines: readonly Line[]): string {
  const margin = lines.reduce((most, { end }) => Math.max(most, end), 0)
  let text = ''
  for (const [i, line] of lines.entries()) {
    if (i > 0) text += goesOn(lines[i - 1], line, margin) ? ' ' : '\n'
    text += line.text
  }
  return text
}

/** Whether a line of sentences ended only because the first word of the next had no room before the margin. */
function goesOn(line: Line, next: Line, margin: number): boolean {
  const { text, size } = line
  if (text.length < sentenceLetters || text.includes('\t') || next.text.includes('\t')) return false
  if (next.turn !== line.turn || line.across - next.across > paragraphGap * size) return false
  if (
    Math.abs(next.start - line.start) > indent * size ||
    text.split(' ', sentenceWords).length < sentenceWords
  )
    return false
  const word = next.text.split(' ', 1)[0].length / next.text.length
  return line.end + word * (next.end - next.start) + spaceGap * size > margin
}

/** Written on right where the other ended. */
function follows(last: Piece, { turn, across, start, size }: Piece): boolean {
  if (last.turn !== turn || Math.abs(across - last.across) > 0.01 * size) return false
  return Math.abs(start - last.end) < 0.05 * size
}

function byLine(a: Piece, b: Piece): number {
  return a.turn - b.turn || b.across - a.across || a.start - b.start
}

function isOnLine(first: Piece, { turn, across, size }: Piece): boolean {
  return turn === first.turn && first.across - across <= lineTolerance * Math.min(size, first.size)
}

function lineText(line: readonly Piece[]): string {
  let text = ''
  let last = ''
  let end = 0
  for (const piece of line.toSorted((a, b) => a.start - b.start)) {
    const gap = (piece.start - end) / piece.size
    // What is shown twice at nearly one place, for bold letters, is one.
    if (last === piece.text && gap < -0.4 * piece.text.length) continue
    if (text !== '' && gap > columnGap) text += '\t'
    else if (text !== '' && gap > spaceGap) text += ' '
    text += piece.text
    last = piece.text
    end = Math.max(end, piece.end)
  }
  return text
}
