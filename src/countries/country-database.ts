import { parseAddress } from '../lib/ip.ts'
import { countryLimits } from './limits.ts'

import { type MmdbMap, MmdbReader, type MmdbValue } from './mmdb-value.ts'
import { isSpecial } from './special-addresses.ts'

/** In which country an address is registered or announced. That is not always where the machine stands. */
export interface CountryOfAddress {
  /** ISO 3166-1 alpha-2. */
  country: string
  /**
   * `high`: the whole network around is of this country; `medium`: a smaller part of a network of several; `low`: the database has
   * fallen behind.
   */
  confidence: 'high' | 'medium' | 'low'
}

/** Closes the file's metadata. */
const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
/** Between tree and data. */
const separatorBytes = 16

/**
 * Countries of addresses, in a file of the MaxMind DB format: a binary tree over the bits of an address, in one buffer that is searched
 * as it is. Nothing is asked of the network. A damaged file gives no countries, and does not throw.
 */
export class CountryDatabase {
  /** When it was made, in ms since 1970. */
  readonly builtAt: number
  readonly #bytes: Uint8Array
  readonly #nodes: number
  readonly #recordBits: number
  readonly #isIpv6: boolean
  readonly #values: MmdbReader
  /** Countries by where their records stand: there are some hundreds. */
  readonly #countries = new Map<number, string | undefined>()

  private constructor(bytes: Uint8Array, metadata: MmdbMap) {
    this.#bytes = bytes
    this.#nodes = metadata.node_count as number
    this.#recordBits = metadata.record_size as number
    this.#isIpv6 = metadata.ip_version === 6
    this.builtAt = (metadata.build_epoch as number) * 1000
    this.#values = new MmdbReader(bytes, (this.#nodes * this.#recordBits) / 4 + separatorBytes)
  }

  /** Undefined where it is no such file, or of a version that is not known. */
  static of(bytes: Buffer): CountryDatabase | undefined {
    const at = bytes.lastIndexOf(marker)
    if (at < 0) return undefined
    const metadata = new MmdbReader(bytes, at + marker.length).read(0)
    if (!isMap(metadata) || metadata.binary_format_major_version !== 2) return undefined
    const { node_count: nodes, record_size: bits, build_epoch: built } = metadata
    const isKnown =
      typeof nodes === 'number' && typeof built === 'number' && [24, 28, 32].includes(bits as number)
    if (!isKnown || (nodes * (bits as number)) / 4 > at) return undefined
    return new CountryDatabase(bytes, metadata)
  }

  /**
   * @param address as text, IPv4 or IPv6
   * @param now in ms since 1970: by then the database may have fallen behind
   * @returns null where it is not known: private addresses, and what nobody has been given
   */
  find(address: string, now: number): CountryOfAddress | null {
    const bytes = parseAddress(address)
    if (bytes === undefined || isSpecial(bytes) || (bytes.length === 16 && !this.#isIpv6)) return null
    const isIpv4 = bytes.length === 4
    const [record, prefix] = this.#walk(bytes, isIpv4 && this.#isIpv6 ? 96 : 0)
    if (record <= this.#nodes) return null
    const country = this.#countryAt(record - this.#nodes - separatorBytes)
    if (country === undefined) return null
    const sure = isIpv4 ? countryLimits.surePrefix.ipv4 : countryLimits.surePrefix.ipv6
    const isStale = now - this.builtAt > countryLimits.staleMs
    return { country, confidence: isStale ? 'low' : prefix <= sure ? 'high' : 'medium' }
  }

  /** The record at which the bits end, and how many it took. @param zeros bits before those of the address */
  #walk(address: Uint8Array, zeros: number): [record: number, prefix: number] {
    let node = 0
    for (let i = 0; i < zeros && node < this.#nodes; i++) node = this.#record(node, 0)
    let bit = 0
    for (; bit < address.length * 8 && node < this.#nodes; bit++)
      node = this.#record(node, (address[bit >> 3] >> (7 - (bit & 7))) & 1)
    return [node, bit]
  }

  /** Left or right record of a node. Of 28 bits each has half of the byte in the middle. */
  #record(node: number, side: number): number {
    const bytes = this.#bytes
    const size = this.#recordBits / 4
    const from = node * size + side * Math.floor(size / 2)
    if (this.#recordBits === 24) return bytes[from] * 0x1_0000 + bytes[from + 1] * 0x100 + bytes[from + 2]
    if (this.#recordBits === 32)
      return bytes[from] * 0x100_0000 + bytes[from + 1] * 0x1_0000 + bytes[from + 2] * 0x100 + bytes[from + 3]
    const middle = bytes[node * size + 3]
    const high = side === 0 ? middle >> 4 : middle & 15
    const low = node * size + side * 4
    return high * 0x100_0000 + bytes[low] * 0x1_0000 + bytes[low + 1] * 0x100 + bytes[low + 2]
  }

  #countryAt(offset: number): string | undefined {
    if (this.#countries.has(offset)) return this.#countries.get(offset)
    const country = countryIn(this.#values.read(offset))
    this.#countries.set(offset, country)
    return country
  }
}

/** Databases of others name it otherwise: GeoLite2 and DB-IP have `country.iso_code`. */
function countryIn(value: MmdbValue): string | undefined {
  if (!isMap(value)) return undefined
  const { country_code: code, country } = value
  const found = [code, isMap(country) ? country.iso_code : country].find((each) => typeof each === 'string')
  return found !== undefined && /^[A-Z]{2}$/.test(found) ? found : undefined
}

function isMap(value: MmdbValue): value is MmdbMap {
  return typeof value === 'object' && !Array.isArray(value)
}
