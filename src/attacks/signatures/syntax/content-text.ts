import { SignatureError } from './rule-text.ts'

/**
 * Bytes of a content as characters: `"GET|20|/a"`, where `"`, `;`, `:`, `|` and `\` stand behind a backslash.
 *
 * @throws SignatureError
 */
export function readContentText(value: string): { text: string; isNegated: boolean } {
  const isNegated = value.startsWith('!')
  const quoted = isNegated ? value.slice(1).trim() : value
  const inner =
    quoted.startsWith('"') && quoted.endsWith('"') && quoted.length > 1 ? quoted.slice(1, -1) : quoted
  let text = ''
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '\\') text += inner[++i] ?? ''
    else if (inner[i] === '|') {
      const end = inner.indexOf('|', i + 1)
      if (end < 0) throw new SignatureError('a | in a content is not closed')
      text += hexBytes(inner.slice(i + 1, end))
      i = end
    } else text += inner[i]
  }
  if (text === '') throw new SignatureError('a content is empty')
  return { text, isNegated }
}

function hexBytes(text: string): string {
  const digits = text.replaceAll(/\s+/g, '')
  if (digits.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(digits))
    throw new SignatureError(`|${text}| is no hexadecimal`)
  return Buffer.from(digits, 'hex').toString('latin1')
}

/** Whole numbers, also negative. @throws SignatureError */
export function readNumber(name: string, value = ''): number {
  const number = /^-?\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(number)) throw new SignatureError(`${name}: ${value || 'nothing'} is no number`)
  return number
}

/** `10`, `<10`, `>10`, `5<>10`: what is meant, both ends included. @throws SignatureError */
export function readRange(name: string, value = ''): { least: number; most: number } {
  const text = value.split(',')[0].replaceAll(' ', '')
  const between = text.split('<>')
  if (between.length === 2)
    return { least: readNumber(name, between[0]) + 1, most: readNumber(name, between[1]) - 1 }
  if (text.startsWith('>=')) return { least: readNumber(name, text.slice(2)), most: Infinity }
  if (text.startsWith('<=')) return { least: 0, most: readNumber(name, text.slice(2)) }
  if (text.startsWith('>')) return { least: readNumber(name, text.slice(1)) + 1, most: Infinity }
  if (text.startsWith('<')) return { least: 0, most: readNumber(name, text.slice(1)) - 1 }
  const number = readNumber(name, text)
  return { least: number, most: number }
}
