import { deflateSync } from 'node:zlib'
import type { BenignText } from './benign-text.ts'
import { RandomSource } from './random-source.ts'

const MEGABYTE = 1_000_000

/** Bytes that are no text, and what text is made of them. */
export function* binaryTexts(): Generator<BenignText> {
  const random = new RandomSource('binary')
  yield { name: 'random bytes', bytes: random.bytes(3 * MEGABYTE) }
  yield { name: 'base64', bytes: Buffer.from(random.bytes(MEGABYTE).toString('base64')) }
  yield {
    name: 'base64 in lines',
    bytes: Buffer.from(lines(random.bytes(MEGABYTE).toString('base64'), 76)),
  }
  yield { name: 'base64url', bytes: Buffer.from(random.bytes(MEGABYTE).toString('base64url')) }
  yield { name: 'hex', bytes: Buffer.from(lines(random.bytes(MEGABYTE).toString('hex'), 64)) }
  yield { name: 'decimal digits', bytes: Buffer.from(lines(decimals(random, 30_000), 0)) }
  yield { name: 'image', bytes: image(random, 1200, 800) }
  yield { name: 'font', bytes: font(random, 200_000) }
  yield { name: 'messages', bytes: messages(random, 12_000) }
}

function lines(text: string, width: number): string {
  return width === 0 ? text : text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n')
}

/** Numbers with fractions, as of coordinates and measurements: none stands alone. */
function decimals(random: RandomSource, count: number): string {
  return Array.from(
    { length: count },
    () => `${random.below(1000)}.${random.digits(1 + random.below(15))}`,
  ).join(' ')
}

/** A PNG in its chunks (W3C PNG section 5.3), with samples that change slowly; checksums are left at zero. */
function image(random: RandomSource, width: number, height: number): Buffer {
  const samples = Buffer.alloc((width * 3 + 1) * height)
  for (let i = 0, level = 128; i < samples.length; i++) samples[i] = level += random.below(5) - 2
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2], 8)
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length, 0)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, data, Buffer.alloc(4)])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(samples)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Big-endian tables of small numbers, as glyphs' offsets and widths are (OpenType, `loca` and `hmtx`). */
function font(random: RandomSource, entries: number): Buffer {
  const out = Buffer.alloc(12 + entries * 4)
  out.writeUInt32BE(0x0001_0000, 0)
  for (let i = 0, offset = 0; i < entries; i++) {
    out.writeUInt16BE((offset += random.below(120)) & 0xffff, 12 + i * 4)
    out.writeUInt16BE(400 + random.below(300), 14 + i * 4)
  }
  return out
}

/** Fields by number, type and value, each message behind its length, as protobuf encodes them. */
function messages(random: RandomSource, count: number): Buffer {
  const field = (number: number, value: Buffer): Buffer =>
    Buffer.concat([Buffer.of((number << 3) | 2, value.length), value])
  const text = (number: number, value: string): Buffer => field(number, Buffer.from(value))
  const message = (): Buffer => {
    const body = Buffer.concat([
      text(1, random.uuid()),
      field(2, random.bytes(16)),
      text(3, random.words(2)),
      Buffer.of(0x20, ...varint(random.time())),
      text(5, random.digits(6 + random.below(5))),
      Buffer.concat([Buffer.of(0x81, 0x01), random.bytes(8)]),
    ])
    return Buffer.concat([Buffer.of(...varint(body.length)), body])
  }
  return Buffer.concat(Array.from({ length: count }, message))
}

function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128)
  return [...out, rest]
}
