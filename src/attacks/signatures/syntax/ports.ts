import { SignatureError } from './rule-text.ts'

const MOST = 65_535

/**
 * Ports of one end: `any`, `80`, `[80,8080:8090,!8085]`; undefined for any. A variable such as `$HTTP_PORTS` is any, for what is
 * spoken is told by its content.
 *
 * @throws SignatureError
 */
export function readPorts(text: string): ((port: number) => boolean) | undefined {
  if (text === 'any' || text.replace(/^!/, '').startsWith('$')) return undefined
  const isNegated = text.startsWith('![')
  const inner = text.replace(/^!?\[/, '').replace(/\]$/, '')
  const parts = inner.split(',').map((part) => readPart(part.trim()))
  const wanted = parts.filter((part) => !part.isNegated)
  const unwanted = parts.filter((part) => part.isNegated)
  const isIn = (ranges: readonly Part[], port: number) =>
    ranges.some(({ least, most }) => least <= port && port <= most)
  return (port) => {
    const isWanted = (wanted.length === 0 || isIn(wanted, port)) && !isIn(unwanted, port)
    return isWanted !== isNegated
  }
}

interface Part {
  least: number
  most: number
  isNegated: boolean
}

function readPart(text: string): Part {
  const isNegated = text.startsWith('!')
  const [least, most = least] = text.replace(/^!/, '').split(':')
  const range = { least: Number(least || '0'), most: Number(most === '' ? MOST : most), isNegated }
  const isRange = Number.isInteger(range.least) && Number.isInteger(range.most) && range.most <= MOST
  if (!isRange) throw new SignatureError(`${text} is no port`)
  return range
}
