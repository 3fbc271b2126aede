import type { BenignText } from './benign-text.ts'
import { RandomSource } from './random-source.ts'

/** Records whose fields are called as people's are, too: of products, companies, places, books and events. */
export function* recordTexts(): Generator<BenignText> {
  const random = new RandomSource('records')
  for (const [kind, make] of Object.entries(kinds)) {
    const records = Array.from({ length: 2000 }, () => make(random))
    yield text(`${kind}.json`, JSON.stringify({ [kind]: records }, null, 1))
    yield text(`${kind}.ndjson`, records.map((record) => JSON.stringify(record)).join('\n'))
    yield text(`${kind}.csv`, table(records))
    yield text(`${kind}.xml`, `<list>\n${records.map((record) => element(record)).join('\n')}\n</list>\n`)
    yield text(`${kind}.yaml`, `---\n${records.map((record) => entry(record)).join('')}`)
    yield text(`${kind}.sql`, insert(kind, records))
  }
}

const text = (name: string, content: string): BenignText => ({ name, bytes: Buffer.from(content) })

type Flat = Record<string, string | number>

const kinds: Record<string, (random: RandomSource) => Flat> = {
  products: (random) => ({
    name: `${random.pick(colours)} ${random.pick(things)}`,
    sku: `${random.pick(things).slice(0, 3).toUpperCase()}-${random.below(10_000)}`,
    created: date(random),
    gender: random.pick(['men', 'women', 'unisex', 'kids']),
    owner: random.pick(companies),
    price: random.below(10_000) / 100,
  }),
  companies: (random) => ({
    name: random.pick(companies),
    contact: random.pick(['Sales', 'Front Desk', 'Service Centre']),
    city: random.pick(towns),
    zip: 10_000 + random.below(80_000),
    founded: date(random),
    customer: random.pick(companies),
  }),
  places: (random) => ({
    name: random.pick(towns),
    population: random.below(4_000_000),
    nom: random.pick(towns),
    town: random.pick(towns),
    postcode: 10_000 + random.below(80_000),
    date: date(random),
  }),
  books: (random) => ({
    name: `The ${random.pick(colours)} ${random.pick(things)}`,
    family: random.pick(['Serif', 'Garamond', 'Novel']),
    published: date(random),
    nome: `Il ${random.pick(things)}`,
    sender: random.pick(companies),
  }),
  events: (random) => ({
    name: random.pick(['Order Created', 'Payment Failed', 'Job Started', 'Cache Miss']),
    date: date(random),
    user: random.pick(['system', 'scheduler', 'deploy bot']),
    client: random.pick(['web', 'Mobile App', 'Partner Portal']),
    city: random.pick(towns),
  }),
}

const colours = ['Blue', 'Green', 'Golden', 'Silver', 'Purple', 'Dark']
const things = ['Mug', 'Lamp', 'Chair', 'Notebook', 'Kettle', 'Garden', 'River', 'Bridge']
const towns = ['Berlin', 'Lyon', 'Torino', 'Sevilla', 'Utrecht', 'Gdynia', 'Porto', 'Uppsala']
const companies = ['Acme GmbH', 'Globex Corporation', 'Initech Ltd', 'Umbrella SARL', 'Northwind Traders']

function date(random: RandomSource): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${1980 + random.below(45)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`
}

function table(records: readonly Flat[]): string {
  const rows = records.map((record) => Object.values(record).join(';'))
  return `${Object.keys(records[0]).join(';')}\n${rows.join('\n')}\n`
}

function element(record: Flat): string {
  const fields = Object.entries(record).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<item>${fields.join('')}</item>`
}

function entry(record: Flat): string {
  const [first, ...others] = Object.entries(record).map(([name, value]) => `${name}: ${value}\n`)
  return `- ${first}${others.map((line) => `  ${line}`).join('')}`
}

function insert(kind: string, records: readonly Flat[]): string {
  const rows = records.map((record) => `('${Object.values(record).join("', '")}')`)
  return `INSERT INTO ${kind} (${Object.keys(records[0]).join(', ')}) VALUES\n${rows.join(',\n')};\n`
}
