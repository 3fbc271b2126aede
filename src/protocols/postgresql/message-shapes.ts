import { Cursor } from './cursor.ts'
import { Client, MessageTypes, Server, type Shape } from './message-types.ts'

const cursor = new Cursor()

/** What a body reads from front to end without one byte too few or too many. */
function readsAs(read: () => void): Shape {
  return (bytes, start, end) => {
    cursor.begin(bytes, start, end)
    read()
    return !cursor.failed && cursor.at === end
  }
}

/** A count of 16 bits, and as many of what `read` reads. */
function list(read: () => void): void {
  const count = cursor.int16()
  for (let i = 0; i < count && !cursor.failed; i++) read()
}

const int16 = () => void cursor.int16()
const int32 = () => void cursor.int32()
const text = () => void cursor.stringEnd()

function value(): void {
  const length = cursor.int32()
  if (length !== -1) cursor.skip(length)
}

function column(): void {
  cursor.stringEnd()
  cursor.skip(18)
}

const endsInZero: Shape = (bytes, start, end) => end > start && bytes[end - 1] === 0

const oneText = readsAs(text)

/** `S` or `P`, a name. */
const target: Shape = (bytes, start, end) =>
  (bytes[start] === 0x53 || bytes[start] === 0x50) && oneText(bytes, start, end)

const copyFormats = readsAs(() => {
  cursor.int8()
  list(int16)
})

/** Shapes by type; a type without one may have any. */
const clientShapes: Readonly<Record<number, Shape>> = {
  [Client.query]: oneText,
  [Client.parse]: readsAs(() => {
    text()
    text()
    list(int32)
  }),
  [Client.bind]: readsAs(() => {
    text()
    text()
    list(int16)
    list(value)
    list(int16)
  }),
  [Client.describe]: target,
  [Client.close]: target,
  [Client.execute]: readsAs(() => {
    text()
    int32()
  }),
  [Client.copyFail]: oneText,
}

const serverShapes: Readonly<Record<number, Shape>> = {
  [Server.ready]: (bytes, start) => bytes[start] === 0x49 || bytes[start] === 0x54 || bytes[start] === 0x45,
  [Server.rowDescription]: readsAs(() => list(column)),
  [Server.dataRow]: readsAs(() => list(value)),
  [Server.parameterDescription]: readsAs(() => list(int32)),
  [Server.functionResult]: readsAs(value),
  [Server.commandComplete]: oneText,
  [Server.parameterStatus]: readsAs(() => {
    text()
    text()
  }),
  [Server.notification]: readsAs(() => {
    int32()
    text()
    text()
  }),
  [Server.error]: endsInZero,
  [Server.notice]: endsInZero,
  [Server.copyIn]: copyFormats,
  [Server.copyOut]: copyFormats,
  [Server.copyBoth]: copyFormats,
}

const EMPTY = [0, 0] as const

/** The shortest bodies: empty strings, lists of nothing. */
export const clientTypes = new MessageTypes(
  {
    Q: 1,
    P: 4,
    B: 8,
    E: 5,
    DC: 2,
    F: 10,
    HSXc: EMPTY,
    f: 1,
    dp: 0,
  },
  clientShapes,
)

export const serverTypes = new MessageTypes(
  {
    R: 4,
    // Up to 256 bytes of key since protocol 3.2.
    K: [8, 260],
    S: 2,
    Z: [1, 1],
    TDt: 2,
    CEN: 1,
    '123nsIc': EMPTY,
    A: 6,
    GHW: 3,
    V: 4,
    v: 8,
    d: 0,
  },
  serverShapes,
)
