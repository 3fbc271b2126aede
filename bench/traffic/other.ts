import { concatenate, words } from '../../src/packet/frames.ts'
import { type Frame, TcpConnection, datagram } from './connection.ts'
import { prose } from './http.ts'
import type { Random } from './random.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

/** TLS 1.3 (RFC 8446): the two hellos, then records that nobody can read. */
export function tlsConnection(random: Random, clientPort: number): Frame[] {
  const connection = new TcpConnection(clientPort, 443)
  const versions = extension(43, Buffer.of(2, 3, 4))
  const groups = extension(10, words(4, 29, 23))
  const signatures = extension(13, words(4, 0x0403, 0x0804))
  const alpn = extension(16, concatenate(words(12), 2, latin1('h2'), 8, latin1('http/1.1')))
  const offered = concatenate(
    serverName(`shop-${random.below(50)}.example`),
    groups,
    signatures,
    alpn,
    versions,
  )
  const ciphers = words(6, 0x1301, 0x1302, 0xc02f)
  connection.client(hello(1, random, concatenate(ciphers, 1, 0), offered))
  const key = extension(51, concatenate(words(29, 32), random.bytes(32)))
  const chosen = concatenate(extension(43, words(0x0304)), key)
  connection.server(
    concatenate(
      hello(2, random, concatenate(words(0x1301), 0), chosen),
      record(20, Buffer.of(1)),
      data(random, 2800),
    ),
  )
  connection.client(concatenate(record(20, Buffer.of(1)), data(random, 53)))
  for (let i = 0; i < 4; i++)
    connection.client(data(random, 300)).server(data(random, 2000 + random.below(8000)))
  return connection.close()
}

function hello(type: number, random: Random, ciphers: Uint8Array, extensions: Uint8Array): Uint8Array {
  const session = concatenate(32, random.bytes(32))
  const body = concatenate(
    words(0x0303),
    random.bytes(32),
    session,
    ciphers,
    words(extensions.length),
    extensions,
  )
  return record(22, concatenate(type, 0, words(body.length), body))
}

function record(type: number, payload: Uint8Array): Uint8Array {
  return concatenate(type, words(0x0303, payload.length), payload)
}

function data(random: Random, length: number): Uint8Array {
  return record(23, random.bytes(length))
}

function extension(type: number, content: Uint8Array): Uint8Array {
  return concatenate(words(type, content.length), content)
}

function serverName(name: string): Uint8Array {
  return extension(0, concatenate(words(name.length + 3), 0, words(name.length), latin1(name)))
}

/** A question for an address and its answer (RFC 1035). */
export function dnsExchange(random: Random, clientPort: number): Frame[] {
  const name = ['www', `shop-${random.below(1000)}`, 'example']
  const question = concatenate(...name.flatMap((label) => [label.length, latin1(label)]), 0, words(1, 1))
  const id = random.below(0x1_0000)
  const answer = concatenate(words(0xc00c, 1, 1, 0, 300, 4), 203, 0, 113, random.below(256))
  const query = concatenate(words(id, 0x0100, 1, 0, 0, 0), question)
  const reply = concatenate(words(id, 0x8180, 1, 1, 0, 0), question, answer)
  return [datagram(true, clientPort, 53, query), datagram(false, clientPort, 53, reply)]
}

/** PostgreSQL's protocol 3.0: start-up without encryption, then simple queries with rows. */
export function postgresqlConnection(random: Random, clientPort: number): Frame[] {
  const connection = new TcpConnection(clientPort, 5432)
  const parameters = latin1('user\0shop\0database\0shop\0\0')
  connection.client(concatenate(words(0, 8 + parameters.length, 3, 0), parameters))
  const ready = message('Z', latin1('I'))
  connection.server(concatenate(message('R', words(0, 0)), ready))
  for (let i = 0; i < 8; i++) {
    connection.client(
      message('Q', latin1(`SELECT id, title, note FROM items WHERE id > ${i} AND color = 'blue'\0`)),
    )
    const rows = Array.from({ length: 12 }, (_, row) => dataRow(`${row}`, prose(random, 3), prose(random, 8)))
    const columns = concatenate(words(3), column('id'), column('title'), column('note'))
    connection.server(concatenate(message('T', columns), ...rows, message('C', latin1('SELECT 12\0')), ready))
  }
  return connection.close()
}

function message(type: string, payload: Uint8Array): Uint8Array {
  return concatenate(latin1(type), words(0, payload.length + 4), payload)
}

/** Table, attribute, type (text, 25), size, modifier, format. */
function column(name: string): Uint8Array {
  return concatenate(latin1(`${name}\0`), words(0, 0, 0, 0, 25, 0xffff, 0xffff, 0xffff, 0))
}

function dataRow(...values: string[]): Uint8Array {
  const parts = values.map((value) => concatenate(words(0, value.length), latin1(value)))
  return message('D', concatenate(words(values.length), ...parts))
}
