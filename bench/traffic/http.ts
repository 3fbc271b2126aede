import { type Frame, TcpConnection } from './connection.ts'
import type { Random } from './random.ts'

const WORDS =
  'order item price ship stock color small large blue green summer winter total amount note city street open close ready'.split(
    ' ',
  )
const NAMES = ['jane', 'ahmed', 'lucia', 'piotr', 'mei', 'olu', 'sven', 'aisha']

/** Share of exchanges with personal data: one in so many. */
const PERSONAL_ONE_IN = 20

/** A keep-alive connection to an API: ten exchanges of small JSON. */
export function apiConnection(random: Random, clientPort: number): Frame[] {
  const connection = new TcpConnection(clientPort, 80)
  for (let i = 0; i < 10; i++) {
    const isPersonal = random.below(PERSONAL_ONE_IN) === 0
    const body = isPersonal ? customer(random) : order(random, 2 + random.below(8))
    if (random.below(2) === 0)
      connection.client(request('POST', `/api/v1/orders/${random.below(10_000)}`, body))
    else connection.client(request('GET', `/api/v1/items?page=${i}&sort=price&q=${random.pick(WORDS)}`, ''))
    connection.server(response('application/json', order(random, random.below(20))))
  }
  return connection.close()
}

/** A page, its script and an image. */
export function pageConnection(random: Random, clientPort: number): Frame[] {
  const connection = new TcpConnection(clientPort, 80)
  const paragraphs = Array.from({ length: 60 }, () => `<p class="t">${prose(random, 40)}</p>\n`).join('')
  connection.client(request('GET', '/shop/summer', ''))
  connection.server(
    response('text/html; charset=utf-8', `<!doctype html><html><body>${paragraphs}</body></html>`),
  )
  connection.client(request('GET', '/static/app.js', ''))
  const code = Array.from(
    { length: 300 },
    (_, i) => `function f${i}(a,b){return a.${random.pick(WORDS)}(b,${i})}`,
  )
  connection.server(response('text/javascript', code.join('\n')))
  connection.client(request('GET', '/static/hero.jpg', ''))
  const image = random.bytes(12_000)
  connection.server(Buffer.concat([Buffer.from(responseHead('image/jpeg', image.length)), image]))
  return connection.close()
}

/** A long list in JSON, chunked. */
export function listConnection(random: Random, clientPort: number): Frame[] {
  const connection = new TcpConnection(clientPort, 80)
  connection.client(request('GET', '/api/v1/export?all=1', ''))
  const chunks = Array.from({ length: 10 }, () => order(random, 80)).map(
    (text) => `${text.length.toString(16)}\r\n${text}\r\n`,
  )
  connection.server(
    `HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`,
  )
  return connection.close()
}

function request(method: string, target: string, body: string): string {
  const head = `${method} ${target} HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: application/json, text/plain, */*\r\nAccept-Encoding: gzip, deflate\r\nCookie: session=Zk9xQmVhcmVy; theme=dark\r\n`
  return body === ''
    ? `${head}\r\n`
    : `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function response(mediaType: string, body: string): string {
  return responseHead(mediaType, body.length) + body
}

function responseHead(mediaType: string, length: number): string {
  return `HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Fri, 20 Nov 2026 09:30:00 GMT\r\nContent-Type: ${mediaType}\r\nContent-Length: ${length}\r\nCache-Control: no-store\r\nX-Request-Id: 7f6c2a90b1e4\r\n\r\n`
}

function order(random: Random, items: number): string {
  return JSON.stringify({
    id: random.below(100_000),
    items: Array.from({ length: items }, () => ({
      ...{ sku: `${random.pick(WORDS)}-${random.below(1000)}`, title: prose(random, 3) },
      ...{ price: random.below(10_000) / 100, available: random.below(2) === 0 },
    })),
  })
}

function customer(random: Random): string {
  const name = random.pick(NAMES)
  return JSON.stringify({
    customer: { name, email: `${name}.${random.below(100_000)}@example.org`, iban: 'DE89370400440532013000' },
    note: prose(random, 12),
  })
}

export function prose(random: Random, words: number): string {
  return Array.from({ length: words }, () => random.pick(WORDS)).join(' ')
}
