import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { notifyLimits } from './limits.ts'
import type { Channel, Notice } from './notice.ts'

/** RFC 5424 section 6.2.1: facility 13, log audit, and a severity. */
const facility = 13
const severities: Readonly<Record<Notice['urgency'], number>> = { critical: 2, warning: 4, information: 6 }

/**
 * Notices as messages of RFC 5424.
 *
 * @param url `udp://host:514` (RFC 5426), or `tcp://host:601` with the length of each message before it (RFC 6587)
 */
export function syslogChannel(url: string): Channel {
  const { protocol, hostname: host, port } = new URL(url)
  const address = { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
  const send = protocol === 'udp:' ? sendDatagram : sendStream
  return {
    name: `${protocol}//${host}:${port}`,
    send: (notice, signal) => send(address, syslogMessage(notice, hostname(), process.pid), signal),
  }
}

/** One message, cut where it is longer than every receiver takes. */
export function syslogMessage(
  { at, urgency, about, title, text }: Notice,
  host: string,
  pid: number,
): Buffer {
  const priority = facility * 8 + severities[urgency]
  const head = `<${priority}>1 ${at} ${word(host)} pavise ${pid} ${word(about)} - \u{feff}`
  const content = `${title}: ${text}`.replaceAll(/\p{Cc}+/gu, ' ')
  const bytes = Buffer.from(head + content)
  return bytes.length <= notifyLimits.syslogBytes
    ? bytes
    : Buffer.from(new TextDecoder().decode(bytes.subarray(0, notifyLimits.syslogBytes - 3)))
}

/** Printable ASCII without spaces, at most 32 of them (RFC 5424 section 6). */
function word(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 32) || '-'
}

interface Address {
  host: string
  port: number
}

function sendDatagram({ host, port }: Address, message: Buffer): Promise<void> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.send(message, port, host, (error) => {
      socket.close()
      if (error === null) resolve()
      else reject(error)
    })
  })
}

function sendStream({ host, port }: Address, message: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      signal: AbortSignal.any([signal, AbortSignal.timeout(notifyLimits.sendMs)]),
    })
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.resume()
    socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]))
  })
}
