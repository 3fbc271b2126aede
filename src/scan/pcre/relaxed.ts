import type { ByteSet } from '../expression/byte-set.ts'
import type { Node } from './syntax.ts'

/** Sets of as many bytes say nothing of where they stand. */
const anyBytes = 200

/**
 * Without what may be anything before and behind the rest, `.*foo.*`: there is a match of it where there is one of the rest,
 * and the rest can be looked for.
 */
export function trimmed(node: Node): Node {
  if (node.kind === 'choice') return { kind: 'choice', options: node.options.map(trimmed) }
  if (node.kind !== 'sequence') return node
  let start = 0
  let end = node.items.length
  while (start < end && isAnything(node.items[start])) start++
  while (end > start && isAnything(node.items[end - 1])) end--
  return { kind: 'sequence', items: node.items.slice(start, end) }
}

function isAnything(node: Node): boolean {
  return (
    node.kind === 'repeat' &&
    node.min === 0 &&
    node.item.kind === 'bytes' &&
    [...node.item.set].length >= anyBytes
  )
}

/** An expression of the scanner that matches wherever the pattern does: the pattern without its conditions. */
export function relaxedExpression(node: Node): string {
  switch (node.kind) {
    case 'bytes':
      return classText(node.set)
    case 'sequence':
      return node.items.map(relaxedExpression).join('')
    case 'choice':
      return `(?:${node.options.map(relaxedExpression).join('|')})`
    case 'repeat':
      return repeatText(node)
    default:
      return ''
  }
}

function repeatText({ item, min, max }: Extract<Node, { kind: 'repeat' }>): string {
  const text = relaxedExpression(item)
  if (text === '') return ''
  return `(?:${text}){${min},${max === Infinity ? '' : max}}`
}

function classText(set: ByteSet): string {
  const bytes = [...set]
  if (bytes.length === 0) return '[^\\x00-\\xff]'
  const parts: string[] = []
  for (let i = 0; i < bytes.length;) {
    let last = i
    while (last + 1 < bytes.length && bytes[last + 1] === bytes[last] + 1) last++
    parts.push(last === i ? hex(bytes[i]) : `${hex(bytes[i])}-${hex(bytes[last])}`)
    i = last + 1
  }
  return bytes.length === 1 ? parts[0] : `[${parts.join('')}]`
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}
