/** People who do not exist, the same ones each time: numbers are well-formed, so that they are found, and nobody's. */

export interface Person {
  name: string
  born: string
  email: string
  phone: string
  iban: string
  card: string
  ssn: string
  diagnosis: string
}

const firstNames = [
  'Ada',
  'Bruno',
  'Chiara',
  'David',
  'Elif',
  'Frank',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Klara',
  'Luis',
]
const lastNames = [
  'Albrecht',
  'Bianchi',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Horvat',
  'Ivanova',
  'Jansen',
]
const diagnoses = ['J45.9', 'E11.9', 'I10', 'M54.5', 'F32.1', 'K21.0']

/** The person of a number. */
export function person(number: number): Person {
  const pick = <Item>(items: readonly Item[], salt: number) => items[mix(number, salt) % items.length]
  const [first, last] = [pick(firstNames, 1), pick(lastNames, 2)]
  const digits = (count: number, salt: number) =>
    Array.from({ length: count }, (_, i) => mix(number, salt + i) % 10).join('')
  return {
    name: `${first} ${last}`,
    born: `${1940 + (mix(number, 3) % 70)}-0${1 + (mix(number, 4) % 9)}-1${mix(number, 5) % 10}`,
    email: `${first}.${last}${number}@mail.example.org`.toLowerCase(),
    phone: `+4930${digits(8, 100)}`,
    iban: germanIban(`37040044${digits(10, 200)}`),
    card: withLuhn(`400000${digits(9, 300)}`),
    // Groups that were issued up to 2011, none of them zero.
    ssn: `${219 + (mix(number, 6) % 300)}-${10 + (mix(number, 7) % 80)}-${1000 + (mix(number, 8) % 8999)}`,
    diagnosis: pick(diagnoses, 9),
  }
}

/** A number that looks like chance and is not (the finaliser of MurmurHash3). */
function mix(number: number, salt: number): number {
  let hash = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Check digits of ISO 13616: 98 less the number's remainder by 97, with DE as 1314 behind it. */
function germanIban(account: string): string {
  const check = 98n - (BigInt(`${account}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${account}`
}

/** ISO/IEC 7812-1 annex B. */
function withLuhn(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}
