import { isBlank } from '../../characters.ts'

/** Takes out `.`, `..` and doubled slashes of a path, as far as it goes. */
export function normalizePath(text: string): string {
  if (!text.startsWith('.') && !text.includes('/.') && !text.includes('//')) return text
  const isAbsolute = text.startsWith('/')
  const kept: string[] = []
  const segments = text.split('/')
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isAbsolute) kept.push('..')
  }
  const last = segments.at(-1)
  const isFolder = (last === '' || last === '.' || last === '..') && kept.length > 0
  return `${isAbsolute ? '/' : ''}${kept.join('/')}${isFolder ? '/' : ''}`
}

/**
 * As a shell's words are compared: quotes, backslashes and carets left out, blanks, commas and semicolons one space, none before
 * slashes and brackets, in lower case.
 */
export function commandLine(text: string): string {
  let line = ''
  let isBlank = false
  for (const character of text) {
    if ('"\'\\^'.includes(character)) continue
    if (' ,;\t\r\n'.includes(character)) {
      isBlank = true
      continue
    }
    if (isBlank && character !== '/' && character !== '(') line += ' '
    isBlank = false
    line += character
  }
  return (isBlank ? `${line} ` : line).toLowerCase()
}

/** Comments of C and what stands in them; one that is not closed goes on to the end. */
export function replaceComments(text: string, by: string): string {
  if (!text.includes('/*')) return text
  let result = ''
  for (let at = 0; ;) {
    const start = text.indexOf('/*', at)
    if (start < 0) return result + text.slice(at)
    result += text.slice(at, start) + by
    const end = text.indexOf('*/', start + 2)
    if (end < 0) return result
    at = end + 2
  }
}

/** Comments of C, HTML and SQL. */
export function removeComments(text: string): string {
  const bare = withoutMarkup(replaceComments(text, ''))
  const ends = ['--', '#'].map((mark) => bare.indexOf(mark)).filter((at) => at >= 0)
  return ends.length === 0 ? bare : bare.slice(0, Math.min(...ends))
}

function withoutMarkup(text: string): string {
  let result = ''
  let at = 0
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', at)) {
    result += text.slice(at, start)
    const end = text.indexOf('-->', start + 4)
    if (end < 0) return result
    at = end + 3
  }
  return result + text.slice(at)
}

/** Blanks in a row become `by`. */
export function replaceBlanks(text: string, by: string): string {
  let result = ''
  let isBehindBlank = false
  for (let at = 0; at < text.length; at++) {
    const isHere = isBlank(text.charCodeAt(at))
    if (!isHere) result += text[at]
    else if (!isBehindBlank) result += by
    isBehindBlank = isHere
  }
  return result
}
