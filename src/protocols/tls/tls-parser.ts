import { u24 } from '../../lib/bytes.ts'
import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowDetails } from '../../model/records.ts'
import type { ProtocolParser, ProtocolSink } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { isNullCipher, isWeakCipher } from './cipher-suites.ts'
import { type ClientHello, readClientHello } from './client-hello.ts'
import { FlowSummary } from './flow-summary.ts'
import { Heartbeats } from './heartbeats.ts'
import { HandshakeReader, type HandshakeTaker, HandshakeType } from './handshake-reader.ts'
import { limits } from './limits.ts'
import { declaresTooMuch, readOldHello } from './old-hello.ts'
import { ContentType, RecordReader, type RecordTaker } from './records.ts'
import { readServerHello, type ServerHello } from './server-hello.ts'
import { isTls13, isWeakVersion, Version } from './versions.ts'

const ALERT_BYTES = 2

/** What one direction has sent. */
class Side {
  readonly records = new RecordReader()
  readonly handshakes = new HandshakeReader()
  isEncrypted = false
  /** First byte of an alert that is cut; -1 where there is none. */
  alertLevel = -1
}

/** TLS 1.0 to 1.3 and SSL 3.0 (RFC 8446, 5246, 4346, 2246, 6101) of one connection, as far as it is in the clear. */
export class TlsParser implements ProtocolParser, RecordTaker, HandshakeTaker {
  readonly handover = false
  encrypted = false
  readonly #sink: ProtocolSink
  readonly #summary = new FlowSummary()
  readonly #sides: [Side, Side] = [new Side(), new Side()]
  #client: Pick<ClientHello, 'version' | 'versions' | 'sessionId'> | undefined
  #server: Pick<ServerHello, 'version' | 'cipher'> | undefined
  /** Made with the first: hardly anybody sends one. */
  #heartbeats: Heartbeats | undefined
  #direction: Direction = 0
  #time: Microseconds = 0

  constructor(sink: ProtocolSink) {
    this.#sink = sink
  }

  data(direction: Direction, bytes: Uint8Array, start: number, end: number, time: Microseconds): number {
    this.#direction = direction
    this.#time = time
    this.#sides[direction].records.read(bytes, start, end, this)
    return end
  }

  record(type: number, version: number, length: number): boolean {
    const side = this.#sides[this.#direction]
    switch (type) {
      case ContentType.handshake:
        return !side.isEncrypted
      case ContentType.alert:
        side.alertLevel = -1
        return !side.isEncrypted && length === ALERT_BYTES
      case ContentType.changeCipherSpec:
        this.#changeCipher(side)
        return false
      case ContentType.applicationData:
        this.#applicationData(version)
        return false
      case ContentType.heartbeat:
        return this.#heartbeat(side, length)
      default:
        return false
    }
  }

  #heartbeat(side: Side, length: number): boolean {
    this.#heartbeats ??= new Heartbeats()
    if (this.#heartbeats.begin(this.#direction, length, side.isEncrypted))
      this.#sink.event?.('tls-heartbeat-overread')
    return !side.isEncrypted
  }

  content(type: number, bytes: Uint8Array, start: number, end: number): void {
    const side = this.#sides[this.#direction]
    if (type === ContentType.handshake) side.handshakes.read(bytes, start, end, this)
    else if (type === ContentType.heartbeat) this.#readHeartbeat(bytes, start, end)
    else this.#alert(side, bytes, start, end)
  }

  #readHeartbeat(bytes: Uint8Array, start: number, end: number): void {
    if (this.#heartbeats?.read(bytes, start, end) === true) this.#sink.event?.('tls-heartbeat-overread')
  }

  malformed(): void {
    this.anomaly(Anomaly.malformedRecord)
  }

  /** From here on the direction is encrypted, except in TLS 1.3, where the record is only there for old middleboxes. */
  #changeCipher(side: Side): void {
    const isOnlyForShow =
      this.#server === undefined ? this.#client?.versions.some(isTls13) : isTls13(this.#server.version)
    if (isOnlyForShow === true || this.#isNull) return
    side.isEncrypted = true
    side.handshakes.reset()
    this.encrypted = true
  }

  #applicationData(version: number): void {
    if (this.#isNull) return
    this.encrypted = true
    const isEarly = this.#client !== undefined && this.#server === undefined
    // Early data (RFC 8446 section 2.3) comes before the server's hello, which is still in the clear.
    for (const side of isEarly ? [this.#sides[this.#direction]] : this.#sides) side.isEncrypted = true
    // Picked up in the middle: what the records say is right up to TLS 1.2, and 1.3 says that it is 1.2.
    if (this.#server === undefined && this.#client === undefined && version < Version.tls12)
      this.#summary.version(version)
  }

  get isAskingForEncryption(): boolean {
    return !this.encrypted && !this.#isNull
  }

  get #isNull(): boolean {
    return this.#server !== undefined && isNullCipher(this.#server.cipher)
  }

  #alert(side: Side, bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      if (side.alertLevel < 0) {
        side.alertLevel = bytes[i]
      } else {
        this.#summary.alert(this.#direction, side.alertLevel, bytes[i])
        side.alertLevel = -1
      }
    }
  }

  wants(type: number): boolean {
    return (
      type === HandshakeType.clientHello ||
      type === HandshakeType.serverHello ||
      type === HandshakeType.certificate
    )
  }

  handshake(type: number, bytes: Uint8Array, start: number, end: number): void {
    if (type === HandshakeType.clientHello) this.#clientHello(bytes, start, end)
    else if (type === HandshakeType.serverHello) this.#serverHello(bytes, start, end)
    else this.#certificates(bytes, start, end)
  }

  #clientHello(bytes: Uint8Array, start: number, end: number): void {
    const hello = readClientHello(bytes, start, end)
    if (hello === undefined) return this.anomaly(Anomaly.malformedHandshake)
    const { version, versions, sessionId } = hello
    // The first hello counts: the second, after a retry, is changed as the server wished.
    if (this.#client === undefined) this.#summary.clientHello(hello)
    if (hello.serverName !== undefined) this.#sink.serverName?.(hello.serverName)
    this.#client = { version, versions, sessionId }
    if (version <= Version.ssl3) this.#tellVersion(version)
  }

  #tellVersion(version: number): void {
    if (version <= Version.ssl3) this.#sink.event?.('tls-ssl')
    else if (version === Version.tls10) this.#sink.event?.('tls-1.0')
    else if (version === Version.tls11) this.#sink.event?.('tls-1.1')
  }

  #serverHello(bytes: Uint8Array, start: number, end: number): void {
    const hello = readServerHello(bytes, start, end)
    if (hello === undefined) return this.anomaly(Anomaly.malformedHandshake)
    if (hello.isRetry) return
    const { version, cipher } = hello
    this.#server = { version, cipher }
    this.#summary.serverHello(hello, this.#isResumed(hello))
    if (isWeakVersion(version)) this.anomaly(Anomaly.weakVersion)
    this.#tellVersion(version)
    const hasBetter = this.#client?.versions.some(isTls13) === true
    if (hello.isDowngraded && hasBetter) this.#sink.event?.('tls-downgrade')
    if (isWeakCipher(cipher)) this.anomaly(Anomaly.weakCipher)
    if (isNullCipher(cipher)) this.anomaly(Anomaly.notEncrypted)
    // All that follows the hello is encrypted there.
    if (isTls13(version)) this.#sides[this.#direction].isEncrypted = true
    this.encrypted = !isNullCipher(cipher)
  }

  /** By a key that both have (1.3), or by the session that the client named and the server names again. */
  #isResumed({ version, resumes, sessionId }: ServerHello): boolean {
    if (isTls13(version)) return resumes
    const offered = this.#client?.sessionId
    return offered !== undefined && offered.length > 0 && Buffer.compare(offered, sessionId) === 0
  }

  /** A chain up to TLS 1.2, the leaf first (RFC 5246 section 7.4.2); in 1.3 it is encrypted. */
  #certificates(bytes: Uint8Array, start: number, end: number): void {
    const isClient = this.#direction === Direction.toServer
    const chain: Certificate[] = []
    let at = start + 3
    const stop = at + (end - start >= 3 ? u24(bytes, start) : 0)
    if (stop !== end) return this.anomaly(Anomaly.malformedHandshake)
    while (at + 3 <= end && chain.length < limits.certificates) {
      const next = at + 3 + u24(bytes, at)
      if (next > end) return this.anomaly(Anomaly.malformedHandshake)
      const certificate = readCertificate(bytes, at + 3, next, isClient)
      if (certificate === null) this.anomaly(Anomaly.certificateMalformed)
      else chain.push(certificate)
      at = next
    }
    if (chain.length === 0) return
    this.#summary.certificates(this.#direction, chain)
    this.#judge(chain[0], isClient)
  }

  #judge(leaf: Certificate, isClient: boolean): void {
    const now = this.#time / 1000
    if (now > leaf.notAfter) this.anomaly(Anomaly.certificateExpired)
    if (now < leaf.notBefore) this.anomaly(Anomaly.certificateNotYetValid)
    if (leaf.hasWeakKey) this.anomaly(Anomaly.weakKey)
    if (leaf.summary.selfSigned && !isClient) this.anomaly(Anomaly.certificateSelfSigned)
    for (const { name, bytes } of leaf.personal)
      this.#sink.field(this.#direction, 'tls.certificate', name, bytes, 0, bytes.length)
  }

  oldHello(isServer: boolean, bytes: Uint8Array, start: number, end: number): void {
    this.anomaly(Anomaly.sslv2Hello)
    if (isServer) {
      this.#summary.version(Version.ssl2)
      this.anomaly(Anomaly.weakVersion)
      this.#tellVersion(Version.ssl2)
      this.encrypted = true
      for (const { records } of this.#sides) records.lose()
      return
    }
    const hello = readOldHello(bytes, start, end)
    if (declaresTooMuch(bytes, start, end)) this.#sink.event?.('tls-cipher-overflow')
    if (hello === undefined) this.anomaly(Anomaly.malformedHandshake)
    else this.#summary.oldClientHello(hello.version, hello.ciphers)
  }

  anomaly(code: Anomaly): void {
    this.#summary.anomaly(code)
    this.#sink.anomaly(code)
  }

  /** What is encrypted is not missed; a handshake message that was under way is. */
  gap(direction: Direction, length: number): boolean {
    const side = this.#sides[direction]
    if (!side.isEncrypted) {
      this.anomaly(Anomaly.handshakeGap)
      side.handshakes.reset()
    }
    side.records.gap(length)
    return true
  }

  end(direction: Direction): void {
    const side = this.#sides[direction]
    if (side.handshakes.isWithin && !side.isEncrypted) this.anomaly(Anomaly.handshakeIncomplete)
    side.handshakes.reset()
  }

  describe(details: FlowDetails): void {
    this.#summary.describe(details)
  }
}
