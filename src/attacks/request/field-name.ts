import { latin1 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import { limits } from '../limits.ts'

/** Names come again with each request: those are made once. */
const NAMES = new Interned(limits.internedNames, (bytes, start, end) =>
  latin1(bytes, start, end).toLowerCase(),
)

const NO_BYTES = new Uint8Array(0)

/** The name that a value goes by: where it lies, and made a string where somebody asks for it. Reused. */
export class FieldName {
  /** Of what has none. */
  static readonly none = new FieldName()

  static of(text: string): FieldName {
    const name = new FieldName()
    name.#text = text
    return name
  }

  #bytes: Uint8Array = NO_BYTES
  #start = 0
  #end = 0
  #text: string | undefined = ''

  /** It is that which lies from `start` to `end`, for as long as these bytes stay. */
  set(bytes: Uint8Array, start: number, end: number): this {
    this.#bytes = bytes
    this.#start = start
    this.#end = Math.min(end, start + limits.nameBytes)
    this.#text = undefined
    return this
  }

  /** The beginning of it, in lower case. */
  get text(): string {
    return (this.#text ??= NAMES.get(this.#bytes, this.#start, this.#end))
  }
}
