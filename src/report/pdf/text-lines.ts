/** Width of a text in points, set in the font that it is to be printed in. */
export type Measure = (text: string) => number

/**
 * Breaks a text into lines that fit: at spaces, and where a word is wider than a line, within it.
 *
 * @param width in points
 */
export function linesOf(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => piecesOf(each, width, measure))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || measure(longer) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** A word in pieces that fit a line each; of what is too wide it breaks after a mark where there is one. */
function piecesOf(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && measure(piece + character) > width) {
      const cut = breakOf(piece)
      pieces.push(piece.slice(0, cut))
      piece = piece.slice(cut)
    }
    piece += character
  }
  return [...pieces, piece]
}

/** Where a piece of a word is broken best: after its last mark, unless that leaves little of it. */
function breakOf(piece: string): number {
  const mark = Math.max(...[...'/.-_:,;@=&?'].map((each) => piece.lastIndexOf(each)))
  return mark + 1 >= piece.length / 2 ? mark + 1 : piece.length
}

/**
 * Text as a font can show it: what it has no glyph for is named by its code point, as PDF/A forbids to print a glyph that stands for
 * nothing (ISO 19005-3, 6.2.11.8), and control characters are spaces.
 */
export function showable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  let shown = ''
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number
    if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) shown += ' '
    else if (hasGlyph(codePoint)) shown += character
    else shown += `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`
  }
  return shown
}
