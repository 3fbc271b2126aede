/** Emphasis, or none where there is to be none. */
export interface Style {
  bold: (text: string) => string
  dim: (text: string) => string
  /** What is wrong and needs someone. */
  alarm: (text: string) => string
  /** What is as it should be. */
  good: (text: string) => string
  warn: (text: string) => string
}

/** Select Graphic Rendition, ECMA-48 section 8.3.117. */
const sgr = (code: number, end: number) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`
const none = (text: string) => text

const plain: Style = { bold: none, dim: none, alarm: none, good: none, warn: none }
/** For what takes colours out by itself where they are not wanted. */
export const coloured: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  alarm: sgr(31, 39),
  good: sgr(32, 39),
  warn: sgr(33, 39),
}

/**
 * Colour on a terminal that has it, and anywhere with `FORCE_COLOR` (https://force-color.org), unless `NO_COLOR` is set to
 * anything (https://no-color.org). Nothing is said by colour alone.
 */
export function styleFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Style {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = environment
  if (NO_COLOR !== '' || FORCE_COLOR === '0') return plain
  return FORCE_COLOR !== '' || (isTerminal && TERM !== 'dumb') ? coloured : plain
}
