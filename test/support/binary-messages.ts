/** A field of a protocol buffer that has a length; short numbers and values only. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([8 * number + 2, bytes.length]), bytes])
}

/** A protocol buffer. What follows each value is a tag that could be a part of it: `2` and `:`. */
export const protobufMessage: Buffer = field(
  1,
  Buffer.concat([
    Buffer.from([0x08, 0x01]),
    field(5, Buffer.from('jane@example.org')),
    field(6, Buffer.from('DE89370400440532013000')),
    field(7, Buffer.from('text')),
  ]),
)

/** The same in a frame of gRPC. */
export const grpcFrame: Buffer = Buffer.concat([
  Buffer.from([0, 0, 0, 0, protobufMessage.length]),
  protobufMessage,
])

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0xa0 + value.length]), Buffer.from(value)])
}

const card = Buffer.alloc(9, 0xcf)
card.writeBigUInt64BE(4_111_111_111_111_111n, 1)

/** A map of MessagePack with a name, and the number of a card as a number. */
export const messagePackMap: Buffer = Buffer.concat([
  ...[Buffer.from([0x82]), text('name'), text('Anna Meier')],
  ...[text('cardNumber'), card],
])
