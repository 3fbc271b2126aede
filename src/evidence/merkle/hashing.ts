import { hash } from 'node:crypto'

/** SHA-256. */
export const hashBytes = 32

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

/** Hash of the tree that has no leaf: RFC 9162 section 2.1.1. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer')

/** RFC 9162 section 2.1.1: leaves and nodes are hashed apart, so that none can be passed off as the other. */
export function leafHash(leaf: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafPrefix, leaf]), 'buffer')
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer')
}
