import { Interned } from '../../lib/interned.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'

/** Formats of the columns of a result, 0 text, 1 binary: one for all, or one each. */
export type Formats = readonly number[]

/** The columns of a result, as RowDescription tells them. Shared by all connections: not to be changed. */
export interface Columns {
  /** All that the result has; the lists end at `limits.columns`. */
  count: number
  names: readonly string[]
  /** OIDs of the types. */
  types: readonly number[]
  /** 0 text, 1 binary. */
  formats: readonly number[]
}

const descriptions = new Interned(limits.interned, readColumns)
const cursor = new Cursor()

/** Reads the body of a RowDescription; undefined where it is damaged. One that was seen before is not read again. */
export function columnsOf(bytes: Uint8Array, start: number, end: number): Columns | undefined {
  return descriptions.get(bytes, start, end)
}

function readColumns(bytes: Uint8Array, start: number, end: number): Columns | undefined {
  cursor.begin(bytes, start, end)
  const count = cursor.int16()
  const names: string[] = []
  const types: number[] = []
  const formats: number[] = []
  for (let i = 0; i < count && i < limits.columns && !cursor.failed; i++) {
    names.push(cursor.string(limits.nameChars))
    cursor.skip(6) // table's OID, attribute number
    types.push(cursor.int32())
    cursor.skip(6) // type's size and modifier
    formats.push(cursor.int16())
  }
  return cursor.failed ? undefined : { count, names, types, formats }
}
