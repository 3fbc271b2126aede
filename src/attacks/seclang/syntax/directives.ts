import type { SecLangProblem } from '../problem.ts'

/** One directive of a file. */
export interface Directive {
  name: string
  words: string[]
  file: string
  /** Of its first line, from 1. */
  line: number
}

/** Reads the directives of a file: one a line, which `\` at its end carries on, with words in quotes as Apache has them. */
export function readDirectives(
  file: string,
  text: string,
): { directives: Directive[]; problems: SecLangProblem[] } {
  const directives: Directive[] = []
  const problems: SecLangProblem[] = []
  for (const { line, text: logical } of logicalLines(text)) {
    const words = wordsOf(logical)
    if (words === undefined)
      problems.push({ file, line, kind: 'refused', message: 'a quote is not closed: close it, or write \\"' })
    else if (words.length > 0) directives.push({ name: words[0], words: words.slice(1), file, line })
  }
  return { directives, problems }
}

/** Comments and empty lines left out. */
function* logicalLines(text: string): Generator<{ line: number; text: string }> {
  let started = 0
  let collected = ''
  for (const [index, raw] of text.split('\n').entries()) {
    const part = raw.trim()
    if (collected === '' && (part === '' || part.startsWith('#'))) continue
    if (collected === '') started = index + 1
    if (part.endsWith('\\')) {
      // Not a space: what is carried on may be a pattern.
      collected += part.slice(0, -1)
      continue
    }
    yield { line: started, text: collected + part }
    collected = ''
  }
  if (collected !== '') yield { line: started, text: collected }
}

/** Words in either quotes or none; undefined where one is not closed. */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') {
      at++
      continue
    }
    const quote = text[at] === '"' || text[at] === "'" ? text[at] : ''
    const word = quote === '' ? bareWord(text, at) : quotedWord(text, at + 1, quote)
    if (word === undefined) return undefined
    words.push(word.text)
    at = word.end
  }
  return words
}

function bareWord(text: string, start: number): { text: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== ' ' && text[end] !== '\t') end++
  return { text: text.slice(start, end), end }
}

/** As Apache reads it: a backslash stands before a quote and before itself; before anything else it is the pattern's. */
function quotedWord(text: string, start: number, quote: string): { text: string; end: number } | undefined {
  let word = ''
  for (let at = start; at < text.length; at++) {
    if (text[at] === quote) return { text: word, end: at + 1 }
    const isEscape = text[at] === '\\' && (text[at + 1] === quote || text[at + 1] === '\\')
    word += isEscape ? text[++at] : text[at]
  }
  return undefined
}
