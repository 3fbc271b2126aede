import type { BenignText } from './benign-text.ts'
import { RandomSource } from './random-source.ts'

/** What programs tell of themselves: logs, metrics, manifests, traces. No request has an address that it came from. */
export function* operationsTexts(): Generator<BenignText> {
  const random = new RandomSource('operations')
  const kinds: readonly [name: string, lines: number, line: (random: RandomSource) => string][] = [
    ['access.log', 4000, accessLine],
    ['service.ndjson', 3000, serviceLine],
    ['plain.log', 8000, plainLine],
    ['metrics', 1500, metricFamily],
    ['spans.ndjson', 2000, spanLine],
    ['manifests.yaml', 500, manifest],
    ['statements.sql', 4000, statement],
    ['environment', 6000, variable],
    ['headers', 1000, headers],
    ['query', 3000, query],
  ]
  for (const [name, lines, line] of kinds) {
    const content = Array.from({ length: lines }, () => line(random)).join('\n')
    const format = name === 'headers' ? { format: 'headers' as const } : {}
    yield { name, ...format, bytes: Buffer.from(`${content}\n`) }
  }
}

const path = (random: RandomSource): string =>
  `/${random.words(2).replace(' ', '/')}/${random.pick([random.uuid(), random.digits(10), random.hex(24), random.digits(6)])}`

/** A browser's product tokens, with a version of four numbers. */
const agent = (random: RandomSource): string =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.below(140)}.0.${random.below(9000)}.${random.below(250)} Safari/537.36`

const logMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function accessLine(random: RandomSource): string {
  const [date, time] = random.timestamp().split(/[T.]/)
  const [year, month, day] = date.split('-')
  const at = `${day}/${logMonths[Number(month) - 1]}/${year}:${time} +0000`
  return `- - - [${at}] "${random.pick(['GET', 'POST', 'HEAD'])} ${path(random)}?v=${random.hex(8)}&_=${random.time()} HTTP/1.1" ${random.pick([200, 204, 304, 404, 502])} ${random.below(200_000)} "https://shop.example/${random.words(1)}" "${agent(random)}" rt=${random.below(3)}.${random.digits(3)} uct="0.${random.digits(3)}" urt="${random.below(2)}.${random.digits(3)}" rid=${random.hex(32)}`
}

function serviceLine(random: RandomSource): string {
  return JSON.stringify({
    level: random.pick(['info', 'warn', 'error', 30, 50]),
    time: random.pick([random.time(), random.timestamp()]),
    service: random.words(1),
    version: `${random.below(9)}.${random.below(30)}.${random.below(20)}-${random.hex(7)}`,
    build: `${random.below(9)}.${random.below(99)}.${random.below(9999)}.${random.below(99)}`,
    pid: random.below(4_194_304),
    traceId: random.hex(32),
    spanId: random.hex(16),
    requestId: random.uuid(),
    durationMs: random.below(1e6) / 1000,
    sequence: random.digits(12),
    offset: random.digits(11),
    orderId: random.digits(10),
    transaction: random.digits(16),
    bytes: random.below(1e9),
    digest: `sha256:${random.hex(64)}`,
    msg: `${random.words(6)} ${random.digits(9)} in ${random.below(999)} ms`,
  })
}

function plainLine(random: RandomSource): string {
  const forms = [
    () => `${random.words(5)} id=${random.digits(9)} took ${random.below(9999)}us`,
    () => `segment ${random.digits(20)}.log rolled at offset ${random.digits(11)}, epoch ${random.below(99)}`,
    () =>
      `order ${random.digits(10)} shipped, parcel 00${random.digits(18)}, ${random.below(30)}.${random.digits(2)} kg`,
    () =>
      `    at ${random.words(1)} (/app/dist/${random.words(1)}-${random.hex(8)}.js:${random.below(9999)}:${random.below(200)})`,
    () => `0x${random.hex(16)}: ${Array.from({ length: 8 }, () => random.hex(4)).join(' ')}`,
    () =>
      `mac ${Array.from({ length: 6 }, () => random.hex(2)).join(':')} on eth${random.below(8)}, mtu 1500`,
    () => `key ${Array.from({ length: 20 }, () => random.hex(2).toUpperCase()).join(':')}`,
    () => `commit ${random.hex(40)} (v${random.below(9)}.${random.below(99)}.${random.below(99)})`,
    () => `GC ${random.digits(5)}K->${random.digits(5)}K(${random.digits(6)}K), 0.${random.digits(7)} secs`,
    () =>
      `invoice ${random.digits(4)}-${random.digits(6)}: net ${random.below(9999)}.${random.digits(2)}, gross ${random.below(9999)}.${random.digits(2)} EUR`,
    () =>
      `ratio ${random.below(9)}.${random.digits(15)} at ${random.below(90)}.${random.digits(6)}, ${random.below(180)}.${random.digits(6)}`,
  ]
  return `${random.timestamp()} [${random.words(1)}-${random.below(64)}] ${random.pick(forms)()}`
}

/** In the text format of Prometheus. Numbers are as long as those of counters and bytes are. */
function metricFamily(random: RandomSource): string {
  const name = `${random.words(3).replaceAll(' ', '_')}_total`
  const line = (): string => {
    const value = random.pick([
      () => random.below(1000),
      () => random.below(2 ** random.below(40)),
      () => `${random.below(9)}.${random.digits(15)}e+0${random.below(10)}`,
      () => `0.${random.digits(17)}`,
    ])()
    return `${name}{instance="${random.words(1)}-${random.hex(9)}-${random.hex(5)}:${random.below(65_536)}",code="${random.pick([200, 404, 500])}",le="${random.below(10)}.${random.digits(3)}"} ${value} ${random.time()}`
  }
  return [
    `# HELP ${name} ${random.words(8)}`,
    `# TYPE ${name} counter`,
    ...Array.from({ length: 5 }, line),
  ].join('\n')
}

function spanLine(random: RandomSource): string {
  const start = `${random.time()}${random.digits(6)}`
  return JSON.stringify({
    traceId: random.hex(32),
    spanId: random.hex(16),
    parentSpanId: random.hex(16),
    name: `GET /${random.words(1)}/{id}`,
    kind: random.below(5),
    startTimeUnixNano: start,
    endTimeUnixNano: `${random.time()}${random.digits(6)}`,
    attributes: [
      { key: 'http.route', value: { stringValue: `/${random.words(1)}/:id` } },
      { key: 'thread.id', value: { intValue: random.digits(9) } },
      { key: 'db.rows', value: { intValue: random.below(1e6) } },
      {
        key: 'process.runtime.version',
        value: { stringValue: `17.0.${random.below(20)}+${random.below(20)}-LTS` },
      },
    ],
    status: { code: random.below(3) },
  })
}

function manifest(random: RandomSource): string {
  const name = random.words(2).replace(' ', '-')
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${random.words(1)}
  uid: ${random.uuid()}
  resourceVersion: "${random.digits(9)}"
  generation: ${random.below(90)}
  creationTimestamp: "${random.timestamp().slice(0, 19)}Z"
  labels:
    app.kubernetes.io/name: ${name}
    pod-template-hash: ${random.hex(10)}
  annotations:
    checksum/config: ${random.hex(64)}
    deployment.kubernetes.io/revision: "${random.below(400)}"
spec:
  replicas: ${random.below(9)}
  template:
    spec:
      containers:
        - name: ${random.words(1)}
          image: registry.example/${name}:${random.below(9)}.${random.below(99)}.${random.below(9)}@sha256:${random.hex(64)}
          ports: [{ name: http, containerPort: ${random.below(65_536)} }]
          resources: { limits: { cpu: ${random.below(4000)}m, memory: ${random.below(4096)}Mi } }
          env:
            - name: ${random.words(2).replace(' ', '_').toUpperCase()}
              value: "${random.digits(10)}"
            - { name: BUILD_ID, value: "${random.digits(8)}" }
      nodeSelector: { disk: ssd, zone: zone-${random.below(9)} }`
}

function statement(random: RandomSource): string {
  const table = random.words(2).replace(' ', '_')
  const forms = [
    () =>
      `INSERT INTO ${table} (id, sku, title, stock, price, changed, batch) VALUES (${random.digits(9)}, 'A${random.digits(7)}', '${random.words(3)}', ${random.below(99)}, ${random.below(999)}.${random.digits(2)}, '${random.timestamp()}', ${random.digits(11)});`,
    () =>
      `UPDATE ${table} SET version = ${random.below(999)}, etag = '${random.hex(32)}' WHERE id = ${random.digits(10)};`,
    () =>
      `SELECT id, total, state FROM ${table} WHERE order_id IN (${Array.from({ length: 8 }, () => random.digits(9)).join(', ')}) LIMIT ${random.below(999)};`,
  ]
  return random.pick(forms)()
}

function variable(random: RandomSource): string {
  const name = random.words(2).replace(' ', '_').toUpperCase()
  return `${name}=${random.pick([random.digits(9), `${random.time()}`, random.hex(40), random.bytes(33).toString('base64url'), `${random.below(9)}.${random.below(99)}.${random.below(9)}`, random.timestamp()])}`
}

/** Of a request and its response, without cookies and credentials. */
function headers(random: RandomSource): string {
  const host = `${random.words(1)}.shop.example`
  return [
    `host: ${host}`,
    `user-agent: ${agent(random)}`,
    'accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    `accept-language: en-GB,en;q=0.${random.below(10)},de;q=0.${random.below(10)}`,
    `sec-ch-ua: "Chromium";v="${random.below(140)}", "Not/A)Brand";v="${random.below(99)}"`,
    `referer: https://${host}${path(random)}`,
    `if-none-match: W/"${random.hex(8)}-${random.hex(5)}"`,
    `traceparent: 00-${random.hex(32)}-${random.hex(16)}-01`,
    `x-request-id: ${random.uuid()}`,
    `date: ${new Date(random.time()).toUTCString()}`,
    `server: ${random.pick(['nginx/1.27.3', 'Apache/2.4.62 (Debian)', 'envoy', 'openresty/1.25.3.2'])}`,
    `via: ${random.pick(['1.1 google', '1.1 varnish, 1.1 varnish (Varnish/6.0)', '1.0 fra-cache-3 (squid/4.10)', `HTTP/1.1 ${host}`])}`,
    `x-cache: ${random.pick(['HIT', 'MISS'])} from ${random.words(1)}-${random.below(99)}`,
    `x-served-by: cache-fra-${random.pick(['etou', 'eddf'])}${random.digits(7)}-FRA`,
    `x-timer: S${random.time() / 1000},VS0,VE${random.below(200)}`,
    `etag: "${random.hex(8)}-${random.hex(5)}"`,
    `content-length: ${random.below(1e6)}`,
    `content-range: bytes ${random.below(1e9)}-${random.below(1e9)}/${random.below(1e10)}`,
    `content-disposition: attachment; filename="${random.words(2).replace(' ', '_')}_${random.digits(8)}.pdf"`,
    `last-modified: ${new Date(random.time()).toUTCString()}`,
    `cache-control: public, max-age=${random.below(1e8)}, stale-while-revalidate=${random.below(1e5)}`,
    `alt-svc: h3=":443"; ma=${random.below(1e5)}`,
    `x-amz-cf-id: ${random.bytes(40).toString('base64url')}`,
    `cf-ray: ${random.hex(16)}-FRA`,
    `x-ratelimit-reset: ${random.digits(10)}`,
    `report-to: {"group":"cf-nel","max_age":${random.below(1e6)}}`,
    `server-timing: db;dur=${random.below(99)}.${random.below(10)}, cache;desc="${random.words(1)}";dur=${random.below(9)}`,
  ].join('\r\n')
}

function query(random: RandomSource): string {
  return `page=${random.below(99)}&size=${random.below(99)}&cursor=${random.bytes(24).toString('base64url')}&since=${random.time()}&sku=${random.digits(8)}&ref=${random.digits(10)}&sig=${random.hex(40)}&q=${random.words(3).replaceAll(' ', '+')}`
}
