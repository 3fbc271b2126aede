import type { Position } from '../store/paging.ts'
import { badParameter } from './problem.ts'

/** A place in a listing, as text that means nothing to whoever keeps it. */
export function encodeCursor(position: Position | null): string | null {
  return position && Buffer.from(JSON.stringify([position.at, position.id])).toString('base64url')
}

/** @throws HttpProblem 400 for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && Number.isSafeInteger(parts[0]) && typeof parts[1] === 'string') {
      return { at: parts[0] as number, id: parts[1] }
    }
  } catch {
    // Not even JSON: as wrong as any other.
  }
  throw badParameter('cursor', 'is not one that a page gave as its next')
}
