import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

const configuration = (folder: string, digest: string): string => `
[ req ]
distinguished_name = name
[ name ]
[ root ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[ stamping ]
extendedKeyUsage = critical, timeStamping
[ tsa ]
default_tsa = here
[ here ]
serial = ${join(folder, 'serial')}
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = ${digest}
accuracy = secs:1
ess_cert_id_alg = sha256
`

/** A time stamping authority of OpenSSL behind HTTP, with a root of its own. */
export class TimeStampAuthority {
  readonly folder: string
  /** PEM. */
  readonly rootPath: string
  readonly #server: Server

  /** @param digest that it signs with */
  constructor(folder: string, digest: 'sha256' | 'sha1' = 'sha256') {
    this.folder = folder
    this.rootPath = join(folder, 'root.pem')
    writeFileSync(join(folder, 'config'), configuration(folder, digest))
    writeFileSync(join(folder, 'serial'), '01\n')
    this.#makeRoot()
    this.#makeCertificate()
    this.#server = createServer((request, response) => {
      void buffer(request).then((query) => {
        response.setHeader('content-type', 'application/timestamp-reply')
        response.end(this.stamp(query))
      })
    })
  }

  /** Its address. */
  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        resolve(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/stamp`)
      })
    })
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  /** What it answers a request. */
  stamp(query: Buffer): Buffer {
    const [asked, answered] = [join(this.folder, 'query'), join(this.folder, 'reply')]
    writeFileSync(asked, query)
    const files = ['-queryfile', asked, '-out', answered]
    const keys = ['-signer', join(this.folder, 'leaf.pem'), '-inkey', join(this.folder, 'leaf.key')]
    this.#openssl(
      'ts',
      '-reply',
      '-config',
      join(this.folder, 'config'),
      ...files,
      ...keys,
      '-chain',
      this.rootPath,
    )
    return readFileSync(answered)
  }

  #makeRoot(): void {
    this.#certify('root', ['-x509', '-days', '2', '-extensions', 'root', '-out', this.rootPath])
  }

  #makeCertificate(): void {
    const request = join(this.folder, 'leaf.csr')
    this.#certify('leaf', ['-out', request])
    const issuer = ['-CA', this.rootPath, '-CAkey', join(this.folder, 'root.key'), '-set_serial', '7']
    const added = ['-extfile', join(this.folder, 'config'), '-extensions', 'stamping']
    this.#openssl(
      'x509',
      '-req',
      '-in',
      request,
      ...issuer,
      ...added,
      '-days',
      '1',
      '-out',
      join(this.folder, 'leaf.pem'),
    )
  }

  #certify(name: string, parameters: readonly string[]): void {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      join(this.folder, `${name}.key`),
    ]
    const subject = ['-config', join(this.folder, 'config'), '-subj', `/O=Pavise tests/CN=${name}`]
    this.#openssl('req', '-new', ...key, ...subject, ...parameters)
  }

  #openssl(...parameters: string[]): void {
    execFileSync('openssl', parameters, { stdio: 'pipe' })
  }
}
