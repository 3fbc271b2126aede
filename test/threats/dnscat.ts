/*
 * What dnscat2 says, which Debian does not have: its protocol without encryption, over DNS (the documents `protocol.md` and `how-it-works` of
 * its author). A packet is hexadecimal in labels in front of a domain, asked for by turns as TXT, CNAME and MX; what comes back stands in the answer.
 */

const common = `
  const dgram = require('node:dgram')
  const { randomBytes, randomInt } = require('node:crypto')
  const types = { TXT: 16, CNAME: 5, MX: 15 }
  const nameOf = (text) => Buffer.concat([...text.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])), Buffer.of(0)])
  const readName = (message, at) => {
    const labels = []
    while (message[at] > 0) { labels.push(message.toString('latin1', at + 1, at + 1 + message[at])); at += 1 + message[at] }
    return { labels, end: at + 1 }
  }
  const words = (...values) => { const bytes = Buffer.alloc(2 * values.length); values.forEach((value, i) => bytes.writeUInt16BE(value, 2 * i)); return bytes }
  const packed = (bytes, domain) => (bytes.toString('hex').match(/.{1,60}/g) ?? []).join('.') + '.' + domain`

/** Answers whatever it is asked for a domain as a server of dnscat2 does: with a MSG that acknowledges. */
export const dnscatServer = (domain: string) => `${common}
  const domain = '${domain}'
  const socket = dgram.createSocket('udp4')
  socket.on('message', (message, { address, port }) => {
    const { labels, end } = readName(message, 12)
    const asked = Buffer.from(labels.slice(0, -domain.split('.').length).join(''), 'hex')
    const type = message.readUInt16BE(end)
    const ours = Buffer.concat([asked.subarray(0, 5), words(1, randomInt(65_536))])
    const data = type === types.TXT
      ? Buffer.concat([Buffer.of(ours.length * 2), Buffer.from(ours.toString('hex'))])
      : Buffer.concat([type === types.MX ? words(10) : Buffer.alloc(0), nameOf(packed(ours, domain))])
    const head = Buffer.concat([message.subarray(0, 2), words(0x8480, 1, 1, 0, 0)])
    const answer = Buffer.concat([words(0xc00c, type, 1, 0, 60, data.length), data])
    socket.send(Buffer.concat([head, message.subarray(12, end + 4), answer]), port, address)
  })
  socket.bind(53, () => console.log('listening'))`

/** Begins a session and sends random bytes in MSGs, each once the one before was answered. */
export const dnscatClient = (server: string, domain: string, bytes: number) => `${common}
  const socket = dgram.createSocket('udp4')
  const session = randomInt(65_536)
  let left = ${bytes}
  let sequence = randomInt(65_536)
  let round = 0
  const ask = (packet) => {
    const type = [types.TXT, types.CNAME, types.MX][round++ % 3]
    const question = Buffer.concat([nameOf(packed(packet, '${domain}')), words(type, 1)])
    socket.send(Buffer.concat([words(randomInt(65_536), 0x0100, 1, 0, 0, 0), question]), 53, '${server}')
  }
  const head = (kind) => Buffer.concat([words(randomInt(65_536)), Buffer.of(kind), words(session)])
  socket.on('message', () => {
    if (left <= 0) return socket.close(() => console.log('done'))
    const data = randomBytes(Math.min(left, 80))
    left -= data.length
    ask(Buffer.concat([head(1), words(sequence, 0), data]))
    sequence = (sequence + data.length) & 0xffff
  })
  ask(Buffer.concat([head(0), words(sequence, 1), Buffer.from('command (lab)\\0')]))`
