import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import type { BenignText } from './benign-text.ts'
import { jsonWithoutPeople, textWithoutPeople } from './without-people.ts'

const repository = resolve(import.meta.dirname, '../../..')
const packages = join(repository, 'node_modules')
const licences = '/usr/share/common-licenses'

/**
 * Packages that personal data is the subject of: numbers, addresses and patterns of it are their contents. And tests, which
 * make people up.
 */
const leftOut =
  /^(?:libphonenumber-js|ipaddr\.js|fast-check|zod|ajv-formats)\/|\/(?:tests?|benchmarks?|fixtures|examples?)\/|\.test\./

/** Of one file; what is longer is cut. */
const mostFileBytes = 1e6

/** How much of which kind is taken. */
const kinds: readonly { extensions: readonly string[]; mostBytes: number }[] = [
  { extensions: ['.js', '.cjs', '.mjs'], mostBytes: 4e6 },
  { extensions: ['.ts', '.mts', '.cts'], mostBytes: 2.5e6 },
  { extensions: ['.map'], mostBytes: 2e6 },
  { extensions: ['.json'], mostBytes: 1.5e6 },
  { extensions: ['.md', '.markdown', '.txt', ''], mostBytes: 2e6 },
  { extensions: ['.h', '.c', '.cc', '.hh', '.inc', '.asm', '.S'], mostBytes: 1e6 },
  { extensions: ['.yml', '.proto', '.gypi', '.py', '.1', '.svg', '.def'], mostBytes: 1e6 },
  { extensions: ['.wasm', '.node'], mostBytes: 2e6 },
]

/** Files that lie on every machine that has the repository and its packages, without the people in them. */
export function* installedTexts(): Generator<BenignText> {
  const files = listFiles()
  for (const { extensions, mostBytes } of kinds) {
    let size = 0
    for (const name of files.filter((file) => extensions.includes(extname(file)))) {
      if (size >= mostBytes) break
      const text = readBenign(packages, name)
      size += text.bytes.length
      yield text
    }
  }
  yield* licenceTexts()
  yield readBenign(repository, 'package-lock.json')
}

/** In an order that mixes the packages and is the same everywhere. */
function listFiles(): string[] {
  return readdirSync(packages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(packages.length + 1))
    .filter((name) => !leftOut.test(name) && !name.startsWith('.'))
    .map((name) => ({ name, hash: createHash('sha1').update(name).digest('hex') }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ name }) => name)
}

function* licenceTexts(): Generator<BenignText> {
  if (!existsSync(licences)) return
  for (const name of readdirSync(licences)) yield readBenign(licences, name)
}

function readBenign(folder: string, name: string): BenignText {
  const bytes = readStart(join(folder, name))
  if (bytes.includes(0)) return { name, bytes }
  const text = bytes.toString('utf8')
  const isJson = /\.(?:json|map)$/.test(name)
  return { name, bytes: Buffer.from(isJson ? jsonWithoutPeople(text) : textWithoutPeople(text)) }
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(Math.min(fstatSync(file).size, mostFileBytes))
  const length = readSync(file, bytes, 0, bytes.length, 0)
  closeSync(file)
  return bytes.subarray(0, length)
}
