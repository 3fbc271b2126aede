import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Requests may be so old, as S3 has it. */
const mostAgeMs = 15 * 60_000

/**
 * A bucket that takes an object as S3 does: with a signature of version 4 over the request as it came, with its checksum, and never
 * one in the place of another. Reckoned from the bytes on the wire, apart from the code that signs.
 */
export class BucketServer {
  readonly objects = new Map<string, string>()
  /** Why requests were refused. */
  readonly refused: string[] = []
  readonly #server: Server
  readonly #secrets: ReadonlyMap<string, string>

  constructor(secrets: Readonly<Record<string, string>>) {
    this.#secrets = new Map(Object.entries(secrets))
    this.#server = createServer((request, response) => {
      void this.#take(request).then((why) => {
        if (why !== undefined) this.refused.push(why)
        response.writeHead(why === undefined ? 200 : 403, { 'content-type': 'application/xml' }).end()
      })
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #take(request: IncomingMessage): Promise<string | undefined> {
    const body = await buffer(request)
    const why = this.#wrongWith(request, body)
    if (why !== undefined) return why
    const name = request.url ?? ''
    if (request.method !== 'PUT') return 'only PUT'
    if (this.objects.has(name) && this.objects.get(name) !== body.toString()) return 'it is locked'
    this.objects.set(name, body.toString())
    return undefined
  }

  #wrongWith({ method = '', url = '', headers }: IncomingMessage, body: Buffer): string | undefined {
    const given =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/s3\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? '',
      )
    if (given === null) return 'no signature of version 4'
    const [, id, day, region, names, signature] = given
    const time = String(headers['x-amz-date'])
    const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    if (!time.startsWith(day) || !(Math.abs(Date.now() - at) < mostAgeMs)) return 'RequestTimeTooSkewed'
    const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))]
    if (!needed.every((name) => names.split(';').includes(name))) return 'a header is not signed'
    const digest = createHash('sha256').update(body)
    if (headers['x-amz-checksum-sha256'] !== digest.copy().digest('base64')) return 'BadDigest'
    if (headers['x-amz-content-sha256'] !== digest.digest('hex')) return 'XAmzContentSHA256Mismatch'
    const secret = this.#secrets.get(id)
    if (secret === undefined) return 'InvalidAccessKeyId'
    const [path, query = ''] = url.split('?')
    const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
    const canonical = [method, path, query, lines.join(''), names, headers['x-amz-content-sha256']].join('\n')
    const hashed = createHash('sha256').update(canonical).digest('hex')
    const scope = [day, region, 's3', 'aws4_request']
    const key = scope.reduce(
      (last: Buffer, part) => createHmac('sha256', last).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    )
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope.join('/')}\n${hashed}`
    const expected = createHmac('sha256', key).update(text).digest()
    return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch'
  }
}
