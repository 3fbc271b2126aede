/**
 * WebAssembly instructions as bytes, for the kernels that are emitted for a set of patterns. An expression is the code
 * that leaves its value on the stack, so expressions nest as they would in a language. Only what the kernels use is
 * here; opcodes are those of the WebAssembly core specification 2.0, section 5.4, and of relaxed SIMD.
 */
export type Code = readonly number[]

export const ValueType = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const
export type ValueType = (typeof ValueType)[keyof typeof ValueType]

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value >>> 0
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return bytes
}

/** Signed LEB128 of 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  while (rest < -0x40 || rest >= 0x40) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>= 7
  }
  bytes.push(rest & 0x7f)
  return bytes
}

type Unary = (a: Code) => Code
type Binary = (a: Code, b: Code) => Code
type Load = (address: Code, offset?: number) => Code
type Store = (address: Code, value: Code, offset?: number) => Code

const unary =
  (...opcode: number[]): Unary =>
  (a) => [...a, ...opcode]
const binary =
  (...opcode: number[]): Binary =>
  (a, b) => [...a, ...b, ...opcode]
/** Alignment is only a hint; 1 byte is always true. */
const load =
  (...opcode: number[]): Load =>
  (address, offset = 0) => [...address, ...opcode, 0, ...unsigned(offset)]
const store =
  (...opcode: number[]): Store =>
  (address, value, offset = 0) => [...address, ...value, ...opcode, 0, ...unsigned(offset)]
/** SIMD instructions have a prefix and then their number in LEB128. */
const simd = (number: number): number[] => [0xfd, ...unsigned(number)]

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28),
  load8: load(0x2d),
  load16: load(0x2f),
  store: store(0x36),
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  /** Comparisons are unsigned: addresses reach beyond 2 GiB. */
  lt: binary(0x49),
  gt: binary(0x4b),
  le: binary(0x4d),
  ge: binary(0x4f),
  ctz: unary(0x68),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  /** Unsigned. */
  shr: binary(0x76),
}

export const i64 = {
  const: (value: number): Code => [0x42, ...signed(value)],
  load: load(0x29),
  store: store(0x37),
  ne: binary(0x52),
  ctz: unary(0x7a),
  sub: binary(0x7d),
  and: binary(0x83),
  or: binary(0x84),
  shl: binary(0x86),
  /** The lower half. */
  toI32: unary(0xa7),
  /** Unsigned. */
  fromI32: unary(0xad),
}

export const v128 = {
  load: load(...simd(0x00)),
  store: store(...simd(0x0b)),
  const: (bytes: Uint8Array): Code => [...simd(0x0c), ...bytes],
  and: binary(...simd(0x4e)),
  /** a & ~b */
  andNot: binary(...simd(0x4f)),
  or: binary(...simd(0x50)),
  anyTrue: unary(...simd(0x53)),
}

export const i8x16 = {
  /** Bytes of `a` and `b` side by side, from byte `first` of the 32. */
  window: (a: Code, b: Code, first: number): Code => [
    ...a,
    ...b,
    ...simd(0x0d),
    ...Array.from({ length: 16 }, (_, i) => first + i),
  ],
  splat: (value: number): Code => v128.const(new Uint8Array(16).fill(value)),
  /** Indices must be under 16: then relaxed swizzle is one `pshufb` or `tbl` and has one result on all machines. */
  lookup: binary(...simd(0x100)),
  eq: binary(...simd(0x23)),
  ne: binary(...simd(0x24)),
  bitmask: unary(...simd(0x64)),
  shiftRight: (a: Code, count: number): Code => [...a, ...i32.const(count), ...simd(0x6d)],
}

export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  tee: (index: number, value: Code): Code => [...value, 0x22, ...unsigned(index)],
}

export const global = {
  get: (index: number): Code => [0x23, ...unsigned(index)],
}

export const call = (index: number, ...args: Code[]): Code => [...args.flat(), 0x10, ...unsigned(index)]
