/** Makes handshake messages for tests. */

export const u8 = (value: number) => Buffer.from([value])
export const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
export const u24 = (value: number) => Buffer.from([value >> 16, (value >> 8) & 255, value & 255])
const vector8 = (...parts: Buffer[]) => prefixed(u8, parts)
export const vector16 = (...parts: Buffer[]) => prefixed(u16, parts)
export const vector24 = (...parts: Buffer[]) => prefixed(u24, parts)

function prefixed(length: (value: number) => Buffer, parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([length(body.length), body])
}

export function record(type: number, content: Buffer, version = 0x0303): Buffer {
  return Buffer.concat([u8(type), u16(version), vector16(content)])
}

export function handshake(type: number, body: Buffer): Buffer {
  return Buffer.concat([u8(type), vector24(body)])
}

export const extension = (type: number, ...parts: Buffer[]) => Buffer.concat([u16(type), vector16(...parts)])
export const serverName = (name: string) => extension(0, vector16(u8(0), vector16(Buffer.from(name))))
export const protocols = (...names: string[]) =>
  extension(16, vector16(...names.map((name) => vector8(Buffer.from(name)))))
export const numbers = (type: number, ...values: number[]) => extension(type, vector16(...values.map(u16)))
export const versions = (...values: number[]) => extension(43, vector8(...values.map(u16)))
export const pointFormats = (...values: number[]) => extension(11, vector8(...values.map(u8)))

const random = Buffer.alloc(32, 7)

export function clientHello(
  ciphers: number[],
  extensions: Buffer[],
  version = 0x0303,
  sessionId = '',
): Buffer {
  const parts = [
    u16(version),
    random,
    vector8(Buffer.from(sessionId)),
    vector16(...ciphers.map(u16)),
    vector8(u8(0)),
    ...(extensions.length > 0 ? [vector16(...extensions)] : []),
  ]
  return handshake(1, Buffer.concat(parts))
}

export function serverHello(cipher: number, extensions: Buffer[], version = 0x0303, sessionId = ''): Buffer {
  const parts = [
    u16(version),
    random,
    vector8(Buffer.from(sessionId)),
    u16(cipher),
    u8(0),
    ...(extensions.length > 0 ? [vector16(...extensions)] : []),
  ]
  return handshake(2, Buffer.concat(parts))
}

/** A client's hello in the form of SSL 2.0. */
export function oldClientHello(version: number, ciphers: number): Buffer {
  const body = Buffer.concat([
    u8(1),
    u16(version),
    u16(ciphers * 3),
    u16(0),
    u16(16),
    Buffer.alloc(ciphers * 3, 1),
    Buffer.alloc(16, 2),
  ])
  return Buffer.concat([u16(0x8000 | body.length), body])
}
