import type { BenignText } from './benign-text.ts'
import { RandomSource } from './random-source.ts'

/** What a shop and a package registry send: pages, styles, catalogues, orders without their customers. */
export function* webTexts(): Generator<BenignText> {
  const random = new RandomSource('web')
  for (let i = 0; i < 12; i++) yield text(`shop page ${i}.html`, shopPage(random, 120))
  for (let i = 0; i < 4; i++) yield text(`styles ${i}.css`, styles(random, 1200))
  for (let i = 0; i < 6; i++) yield text(`catalogue ${i}.json`, catalogue(random, 400))
  for (let i = 0; i < 6; i++) yield text(`stock ${i}.csv`, stock(random, 3000))
  for (let i = 0; i < 6; i++) yield text(`package ${i}.json`, packument(random, 250))
  for (let i = 0; i < 3; i++) yield text(`package-lock ${i}.json`, lockfile(random, 1500))
}

const text = (name: string, content: string): BenignText => ({ name, bytes: Buffer.from(content) })

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))

function price(random: RandomSource): string {
  return `${random.below(2000)}.${random.digits(2)}`
}

const skuForms: readonly ((random: RandomSource) => string)[] = [
  (random) => `${random.words(1).slice(0, 3).toUpperCase()}-${random.digits(6)}`,
  (random) => `${random.digits(3)}.${random.digits(3)}.${random.digits(2)}`,
  (random) => `${random.hex(2).toUpperCase()}${random.digits(8)}`,
  (random) => `A${random.digits(4)}-${random.digits(3)}-${random.pick(['S', 'M', 'L', 'XL'])}`,
]
const sku = (random: RandomSource): string => random.pick(skuForms)(random)

/** A number of an article with its check digit (GS1 General Specifications section 7.9). */
function gtin13(random: RandomSource): string {
  const body = `40${random.digits(10)}`
  let sum = 0
  for (let i = 0; i < 6; i++) sum += Number(body[i]) * (i % 2 === 0 ? 1 : 3)
  return `${body}${(10 - (sum % 10)) % 10}`
}

function shopPage(random: RandomSource, products: number): string {
  const product = (): string => {
    const id = random.digits(7)
    const code = sku(random)
    return `    <article class="product col-${random.below(12)}" data-product-id="${id}" data-sku="${code}" data-position="${random.below(300)}">
      <a href="/p/${random.words(3).replaceAll(' ', '-')}-${id}.html?ref=${random.hex(8)}"><img src="https://cdn.shop.example/i/${random.hex(40)}_${random.below(1200)}x${random.below(1200)}.jpg" width="320" height="240" alt="${random.words(4)}"></a>
      <h3>${random.words(4)}</h3><p>${random.words(22)}. Item no. ${code}, EAN ${gtin13(random)}.</p>
      <span class="price" itemprop="price" content="${price(random)}">€ ${price(random)}</span> <s>€ ${price(random)}</s>
      <small>${random.below(90)} × ${random.below(90)} × ${random.below(90)} cm, ${random.below(40)}.${random.below(10)} kg, rating ${random.below(5)}.${random.below(10)} (${random.below(4000)})</small>
      <path d="M${random.below(99)}.${random.digits(3)} ${random.below(99)}.${random.digits(3)}c-${random.below(9)}.${random.digits(2)} 0-${random.below(9)} ${random.digits(1)}.${random.digits(4)}-${random.digits(1)} ${random.digits(2)}z"/>
    </article>`
  }
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${random.words(5)}</title>
<link rel="stylesheet" href="/assets/main.${random.hex(20)}.css" integrity="sha384-${random.bytes(48).toString('base64')}">
<script>window.__STATE__={"build":"${random.hex(40)}","requestId":"${random.uuid()}","ts":${random.time()},"currency":"EUR"}</script></head>
<body><nav>${times(12, () => `<a href="/c/${random.words(1)}/${random.digits(4)}">${random.words(2)}</a>`).join('')}</nav>
${times(products, product).join('\n')}
<p>Orders of ${random.timestamp().slice(0, 10)} are sent within ${random.below(9)} to ${random.below(9) + 9} days. Page ${random.below(50)} of ${random.below(99)}, ${random.below(9999)} articles.</p>
</body></html>
`
}

function styles(random: RandomSource, rules: number): string {
  const rule = (): string =>
    `.${random.words(2).replace(' ', '__')}--${random.hex(5)}{margin:${random.below(40)}px ${random.below(40)}px;color:#${random.hex(6)};width:${random.below(1000) / 10}%;background:url(/img/${random.words(1)}-${random.digits(6)}.png) -${random.below(999)}px ${random.below(9)}px;transition:all .${random.digits(2)}s cubic-bezier(.${random.digits(3)},0,.${random.digits(2)},1)}@media (min-width:${random.below(2000)}px){.${random.words(1)}::before{content:"\\${random.hex(4)}";z-index:${random.digits(9)}}}`
  return times(rules, rule).join(random.pick(['', '\n']))
}

function catalogue(random: RandomSource, products: number): string {
  const product = () => ({
    id: random.uuid(),
    sku: sku(random),
    gtin: gtin13(random),
    productId: Number(random.digits(9)),
    title: random.words(4),
    description: random.words(30),
    price: { amount: Number(price(random)), currency: 'EUR', minorUnits: random.below(1e6) },
    stock: random.below(500),
    warehouse: `W${random.digits(2)}-${random.digits(3)}-${random.digits(2)}`,
    weightGrams: random.below(20_000),
    dimensions: times(3, () => random.below(1000) / 10),
    images: times(2, () => `https://cdn.shop.example/${random.hex(32)}/${random.digits(10)}.webp`),
    tags: times(4, () => random.words(1)),
    createdAt: random.timestamp(),
    updated: random.time(),
    etag: `W/"${random.hex(6)}-${random.bytes(20).toString('base64')}"`,
    batch: `LOT ${random.digits(8)}`,
    order: {
      orderNumber: random.digits(10),
      reference: `${random.digits(4)}-${random.digits(6)}`,
      items: random.below(9),
    },
  })
  const body = { page: random.below(99), total: random.digits(6), items: times(products, product) }
  return JSON.stringify(body, null, random.pick([0, 2]))
}

function stock(random: RandomSource, rows: number): string {
  const separator = random.pick([',', ';', '\t'])
  const row = (i: number): string =>
    [
      i,
      sku(random),
      gtin13(random),
      random.words(3),
      random.below(999),
      price(random),
      random.timestamp(),
      random.digits(12),
      random.digits(9),
    ].join(separator)
  const columns = ['row', 'sku', 'ean', 'title', 'stock', 'price', 'changed', 'order_number', 'batch']
  return `${[columns.join(separator), ...times(rows, row)].join('\n')}\n`
}

/** What a registry says of a package, without its maintainers. */
function packument(random: RandomSource, count: number): string {
  const name = random.words(2).replace(' ', '-')
  const numbers = times(count, (i) => `${i >> 5}.${i & 31}.${random.below(9)}`)
  const version = (number: string) => ({
    name,
    version: number,
    description: random.words(10),
    dependencies: Object.fromEntries(
      times(6, () => [
        random.words(2).replace(' ', '-'),
        `^${random.below(9)}.${random.below(40)}.${random.below(9)}`,
      ]),
    ),
    gitHead: random.hex(40),
    dist: {
      shasum: random.hex(40),
      integrity: `sha512-${random.bytes(64).toString('base64')}`,
      tarball: `https://registry.example/${name}/-/${name}-${number}.tgz`,
      fileCount: random.below(900),
      unpackedSize: random.below(9e6),
      signatures: [
        { keyid: `SHA256:${random.bytes(32).toString('base64')}`, sig: random.bytes(71).toString('base64') },
      ],
    },
    _nodeVersion: `${random.below(24)}.${random.below(20)}.${random.below(5)}`,
    _npmOperationalInternal: { tmp: `tmp/${name}_${number}_${random.time()}_0.${random.digits(16)}` },
  })
  return JSON.stringify({
    _id: name,
    _rev: `${random.below(400)}-${random.hex(32)}`,
    'dist-tags': { latest: numbers.at(-1) },
    versions: Object.fromEntries(numbers.map((number) => [number, version(number)])),
    time: Object.fromEntries(numbers.map((number) => [number, random.timestamp()])),
  })
}

function lockfile(random: RandomSource, count: number): string {
  const entry = () => {
    const name = random.words(2).replace(' ', '-')
    const version = `${random.below(30)}.${random.below(40)}.${random.below(30)}`
    return [
      `node_modules/${name}-${random.hex(4)}`,
      {
        version,
        resolved: `https://registry.example/${name}/-/${name}-${version}.tgz`,
        integrity: `sha512-${random.bytes(64).toString('base64')}`,
        engines: { node: `>=${random.below(24)}.${random.below(20)}.0` },
      },
    ]
  }
  return JSON.stringify(
    { name: 'shop', lockfileVersion: 3, packages: Object.fromEntries(times(count, entry)) },
    null,
    2,
  )
}
