import type { Code } from './instructions.ts'
import { i32, unsigned, ValueType } from './instructions.ts'

/** A place that `br` can go to: the end of a block or the beginning of a loop. */
export type Label = { readonly depth: number }

/** Statements of one function. Expressions come from `instructions.ts`; this adds locals and structured control. */
export class FunctionBuilder {
  readonly #locals: ValueType[] = []
  readonly #parameters: number
  readonly #code: number[] = []
  #depth = 0

  constructor(parameters: number) {
    this.#parameters = parameters
  }

  /** Declares a local and returns its index. */
  local(type: ValueType): number {
    return this.#parameters + this.#locals.push(type) - 1
  }

  set(index: number, value: Code): void {
    this.do(value, [0x21, ...unsigned(index)])
  }

  setGlobal(index: number, value: Code): void {
    this.do(value, [0x24, ...unsigned(index)])
  }

  /** Code that leaves nothing on the stack. */
  do(...code: Code[]): void {
    for (const part of code) for (const byte of part) this.#code.push(byte)
  }

  /** `br` to its label leaves it. */
  block(body: (label: Label) => void): void {
    this.#nest(0x02, body)
  }

  /** `br` to its label begins it anew; otherwise it runs once. */
  loop(body: (label: Label) => void): void {
    this.#nest(0x03, body)
  }

  if(condition: Code, body: () => void): void {
    this.do(condition)
    this.#nest(0x04, body)
  }

  br(label: Label): void {
    this.do([0x0c, ...unsigned(this.#depth - label.depth)])
  }

  brIf(label: Label, condition: Code): void {
    this.do(condition, [0x0d, ...unsigned(this.#depth - label.depth)])
  }

  return(value: Code = []): void {
    this.do(value, [0x0f])
  }

  /** Body as it stands in the code section. */
  bytes(): number[] {
    const locals = this.#locals.flatMap((type) => [1, type])
    const body = [...unsigned(this.#locals.length), ...locals, ...this.#code, 0x0b]
    return [...unsigned(body.length), ...body]
  }

  #nest(opcode: number, body: (label: Label) => void): void {
    this.do([opcode, 0x40])
    this.#depth++
    body({ depth: this.#depth })
    this.#depth--
    this.do([0x0b])
  }
}

interface ModuleFunction {
  parameters: readonly ValueType[]
  results: readonly ValueType[]
  body: number[]
  exportName: string | undefined
}

/** Puts together a module that imports one memory as `env.memory`. */
export class ModuleBuilder {
  readonly #functions: ModuleFunction[] = []
  #globals = 0

  /** A mutable i32, 0 at first. */
  global(): number {
    return this.#globals++
  }

  /** Adds a function and returns its index, for `call`. */
  function(
    signature: { parameters: readonly ValueType[]; results: readonly ValueType[]; exportName?: string },
    build: (builder: FunctionBuilder) => void,
  ): number {
    const builder = new FunctionBuilder(signature.parameters.length)
    build(builder)
    const { parameters, results, exportName } = signature
    return this.#functions.push({ parameters, results, body: builder.bytes(), exportName }) - 1
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const functions = this.#functions
    const types = functions.map(({ parameters, results }) => [
      0x60,
      ...vector(parameters.map((type) => [type])),
      ...vector(results.map((type) => [type])),
    ])
    const exports = functions.flatMap(({ exportName }, i) =>
      exportName === undefined ? [] : [[...name(exportName), 0x00, ...unsigned(i)]],
    )
    const globals = Array.from({ length: this.#globals }, () => [ValueType.i32, 0x01, ...i32.const(0), 0x0b])
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, types),
      ...section(2, [[...name('env'), ...name('memory'), 0x02, 0x00, 0x00]]),
      ...section(
        3,
        functions.map((_, i) => unsigned(i)),
      ),
      ...section(6, globals),
      ...section(7, exports),
      ...section(
        10,
        functions.map(({ body }) => body),
      ),
    ])
  }
}

function section(id: number, items: Code[]): number[] {
  const content = vector(items)
  return [id, ...unsigned(content.length), ...content]
}

function vector(items: Code[]): number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function name(text: string): number[] {
  return vector([...Buffer.from(text)].map((byte) => [byte]))
}
