import type { FlowDetails, TlsDetails } from '../../model/records.ts'
import { Direction } from '../../model/direction.ts'
import { alertLevels, alertName } from './alerts.ts'
import type { Anomaly } from './anomalies.ts'
import type { Certificate } from './certificate.ts'
import { cipherName } from './cipher-suites.ts'
import type { ClientHello } from './client-hello.ts'
import { ja3, ja3s, ja4 } from './fingerprints.ts'
import { limits } from './limits.ts'
import type { ServerHello } from './server-hello.ts'
import { isGrease, versionName } from './versions.ts'

/** What a flow's record says of its handshake, as it becomes known. */
export class FlowSummary {
  readonly #details: TlsDetails = {}

  clientHello(hello: ClientHello): void {
    const details = this.#details
    const versions = (hello.versions.length > 0 ? hello.versions : [hello.legacyVersion]).filter(
      (version) => !isGrease(version),
    )
    details.offeredVersions = versions.slice(0, limits.versions).map(versionName)
    details.offeredCiphers = hello.ciphers.filter((cipher) => !isGrease(cipher)).length
    details.ja3 = ja3(hello)
    details.ja4 = ja4(hello)
    if (hello.serverName !== undefined) details.sni = hello.serverName
    if (hello.alpn.length > 0) details.offeredAlpn = hello.alpn
    if (hello.hidesServerName) details.encryptedClientHello = true
  }

  oldClientHello(version: number, ciphers: number): void {
    this.#details.offeredVersions = [versionName(version)]
    this.#details.offeredCiphers = ciphers
  }

  serverHello(hello: ServerHello, resumed: boolean): void {
    const details = this.#details
    details.version = versionName(hello.version)
    details.cipher = cipherName(hello.cipher)
    details.ja3s = ja3s(hello)
    if (hello.alpn !== undefined) details.alpn = hello.alpn
    details.resumed = resumed
  }

  /** Where nothing but records says what it is. */
  version(version: number): void {
    this.#details.version ??= versionName(version)
  }

  certificates(direction: Direction, chain: Certificate[]): void {
    const summaries = chain.map(({ summary }) => summary)
    if (direction === Direction.toClient) this.#details.certificates = summaries
    else this.#details.clientCertificates = summaries
  }

  alert(direction: Direction, level: number, description: number): void {
    const alerts = (this.#details.alerts ??= [])
    const from = direction === Direction.toServer ? 'to-server' : 'to-client'
    const text = `${from} ${alertLevels[level] ?? `level_${level}`} ${alertName(description)}`
    if (alerts.length < limits.alerts && !alerts.includes(text)) alerts.push(text)
  }

  anomaly(code: Anomaly): void {
    const anomalies = (this.#details.anomalies ??= [])
    if (!anomalies.includes(code)) anomalies.push(code)
  }

  describe(details: FlowDetails): void {
    details.tls = { ...this.#details }
  }
}
