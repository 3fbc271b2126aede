import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PaviseError } from '../lib/errors.ts'
import { CountryDatabase, type CountryOfAddress } from './country-database.ts'
import { countryLimits } from './limits.ts'

/** The database that comes along: CC0, of what the five regional registries, whois and geofeeds say. */
const packaged = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

export class CountryDatabaseError extends PaviseError<'COUNTRIES_UNUSABLE'> {}

/** What is known of a database: it is said beside each country that it gave. */
export interface CountrySource {
  name: string
  /** When it was made, RFC 3339; null where none could be loaded. */
  builtAt: string | null
}

/** Countries of addresses. The file is read when the first address is asked for. */
export class Countries {
  readonly #path: string | undefined
  readonly #now: () => number
  #database: CountryDatabase | null | undefined

  /** @param path of a file in the MaxMind DB format; where it is left out, that of the package */
  constructor(now: () => number, path?: string) {
    this.#now = now
    this.#path = path
  }

  /** Null where it is not known. */
  find(address: string): CountryOfAddress | null {
    return this.#loaded()?.find(address, this.#now()) ?? null
  }

  get source(): CountrySource {
    const database = this.#loaded()
    const name = this.#path ?? packaged.split('/').slice(0, 2).join('/')
    return { name, builtAt: database ? new Date(database.builtAt).toISOString() : null }
  }

  /** Reads the file, where it is to be known at once whether it can be. @throws CountryDatabaseError */
  check(): void {
    this.#database = load(this.#path ?? packagedPath())
  }

  /** Without a database no country is known, and `source` says so. */
  #loaded(): CountryDatabase | null {
    if (this.#database !== undefined) return this.#database
    try {
      this.check()
    } catch {
      this.#database = null
    }
    return this.#database ?? null
  }
}

function packagedPath(): string {
  return createRequire(import.meta.url).resolve(packaged)
}

/** @throws CountryDatabaseError */
function load(path: string): CountryDatabase {
  const database = CountryDatabase.of(read(path))
  if (database !== undefined) return database
  throw new CountryDatabaseError('COUNTRIES_UNUSABLE', `${path} is no country database.`, {
    nextStep: 'Name a file of the MaxMind DB format (.mmdb) that has country_code or country.iso_code.',
  })
}

function read(path: string): Buffer {
  try {
    const { size } = statSync(path)
    if (size <= countryLimits.fileBytes) return readFileSync(path)
  } catch (error) {
    throw new CountryDatabaseError('COUNTRIES_UNUSABLE', `${path}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name a file that can be read.',
    })
  }
  throw new CountryDatabaseError('COUNTRIES_UNUSABLE', `${path} is too large for a country database.`, {
    nextStep: 'A database of countries, not of cities, is what is needed.',
  })
}
