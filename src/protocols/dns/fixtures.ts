/** Makes DNS messages for tests. */

export const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
export const u32 = (value: number) => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)])

/** A name in wire form, uncompressed. */
export function name(text: string): Buffer {
  const labels = text === '' ? [] : text.split('.')
  const parts = labels.map((label) =>
    Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]),
  )
  return Buffer.concat([...parts, Buffer.from([0])])
}

/** A pointer to an offset of the message; 12 is the first question's name. */
export const pointer = (offset: number) => u16(0xc000 | offset)

export const Rr = { a: 1, cname: 5, txt: 16, aaaa: 28, opt: 41, ds: 43, rrsig: 46, https: 65 } as const

export const question = (text: string, type: number) => Buffer.concat([name(text), u16(type), u16(1)])

export function resource(owner: Buffer, type: number, data: Buffer, ttl = 60, recordClass = 1): Buffer {
  return Buffer.concat([owner, u16(type), u16(recordClass), u32(ttl), u16(data.length), data])
}

export const ipv4 = (text: string) => Buffer.from(text.split('.').map(Number))

export interface Parts {
  id?: number
  flags?: number
  questions?: Buffer[]
  answers?: Buffer[]
  authority?: Buffer[]
  additional?: Buffer[]
}

export const QUERY = 0x0100
export const RESPONSE = 0x8180

export function message({
  id = 1,
  flags = QUERY,
  questions = [],
  answers = [],
  authority = [],
  additional = [],
}: Parts): Buffer {
  const sections = [questions, answers, authority, additional]
  const counts = sections.map((section) => u16(section.length))
  return Buffer.concat([u16(id), u16(flags), ...counts, ...sections.flat()])
}

/** As it goes over TCP. */
export const framed = (bytes: Buffer) => Buffer.concat([u16(bytes.length), bytes])
