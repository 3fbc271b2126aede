/** People who do not exist, the same ones each time: numbers are well-formed, so that they are found, and nobody's. */

/** What a form asks of a patient, by the names of its fields. */
export interface Person {
  name: string
  born: string
  email: string
  phone: string
  street: string
  nationality: string
  iban: string
  card: string
  ssn: string
  /** Of a German health insurance. */
  insuranceNumber: string
  diagnosis: string
  bloodGroup: string
  medication: string
  allergy: string
  /** For the chaplain. */
  religion: string
  /** Who answers for a child; empty for grown-ups. */
  legalGuardian: string
}

/** What the clinic's app sends of the telephone that it runs on. */
export interface Device {
  advertisingId: string
  imei: string
  ipAddress: string
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
const streets = ['Lindenallee', 'Hauptstraße', 'Am Markt', 'Bahnhofstraße', 'Gartenweg', 'Schulstraße']
const nationalities = ['German', 'Turkish', 'Polish', 'Syrian', 'Italian', 'Ukrainian', 'Romanian']
/** Each with what is taken for it. */
const treatments = [
  ['J45.9', 'Salbutamol 0.1 mg'],
  ['E11.9', 'Metformin 500 mg'],
  ['I10', 'Ramipril 5 mg'],
  ['M54.5', 'Ibuprofen 400 mg'],
  ['F32.1', 'Sertraline 50 mg'],
  ['K21.0', 'Pantoprazole 20 mg'],
] as const
const bloodGroups = ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-']
const allergies = ['Penicillin', 'Latex', 'Peanuts', 'Birch pollen', 'Wasp venom', 'NKDA']
const religions = ['Roman Catholic', 'Muslim', 'Lutheran', 'Jewish', 'Greek Orthodox', 'Buddhist', 'Atheist']
const variants = ['c.1521_1523del', 'p.Phe508del', 'c.76A>T', 'rs429358', 'c.68_69del']
/** Children are those born in it or later. */
const firstYearOfChildren = 2009

/** The person of a number. */
export function person(number: number): Person {
  const { pick, digits, below } = chances(number)
  const [first, last] = [pick(firstNames, 1), pick(lastNames, 2)]
  const year = 1940 + below(80, 3)
  const [diagnosis, medication] = pick(treatments, 9)
  return {
    name: `${first} ${last}`,
    born: `${year}-0${1 + below(9, 4)}-1${below(10, 5)}`,
    email: `${first}.${last}${number}@mail.example.org`.toLowerCase(),
    phone: `+4930${digits(8, 100)}`,
    street: `${pick(streets, 10)} ${1 + below(180, 11)}`,
    nationality: pick(nationalities, 12),
    iban: germanIban(`37040044${digits(10, 200)}`),
    card: withLuhn(`400000${digits(9, 300)}`),
    // Groups that were issued up to 2011, none of them zero.
    ssn: `${219 + below(300, 6)}-${10 + below(80, 7)}-${1000 + below(8999, 8)}`,
    insuranceNumber: germanInsurance(below(26, 13), digits(8, 400)),
    diagnosis,
    bloodGroup: pick(bloodGroups, 14),
    medication,
    allergy: pick(allergies, 15),
    religion: pick(religions, 16),
    legalGuardian: year < firstYearOfChildren ? '' : `${pick(firstNames, 17)} ${last}`,
  }
}

/** The telephone of a person. */
export function deviceOf(number: number): Device {
  const { digits, below } = chances(number)
  const hex = (count: number, salt: number) =>
    Array.from({ length: count }, (_, i) => below(16, salt + i).toString(16)).join('')
  return {
    // A random UUID, RFC 9562 section 5.4.
    advertisingId: `${hex(8, 500)}-${hex(4, 510)}-4${hex(3, 520)}-a${hex(3, 530)}-${hex(12, 540)}`,
    imei: withLuhn(`35693803${digits(6, 600)}`),
    // A range for documentation, RFC 5737.
    ipAddress: `203.0.113.${1 + below(254, 18)}`,
  }
}

/** Where a person was fetched by the ambulance: somewhere in Berlin, in degrees. */
export function fetchedAt(number: number): { latitude: number; longitude: number } {
  const { below } = chances(number)
  return { latitude: 52.4 + below(200_000, 19) / 1e6, longitude: 13.2 + below(400_000, 20) / 1e6 }
}

/** What a person's genes were found to have, in the notation of HGVS or by its number in dbSNP. */
export function geneVariantOf(ssn: string): string {
  return variants[Number(ssn.slice(-4)) % variants.length]
}

/** What is drawn for the person of a number, each by a salt of its own. */
function chances(number: number) {
  const below = (bound: number, salt: number) => mix(number, salt) % bound
  return {
    below,
    pick: <Item>(items: readonly Item[], salt: number) => items[below(items.length, salt)],
    digits: (count: number, salt: number) =>
      Array.from({ length: count }, (_, i) => below(10, salt + i)).join(''),
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
  return digits + String((10 - (doublingSum(digits) % 10)) % 10)
}

/** A letter by its place in the alphabet and eight digits; the check digit is over that place, too (SGB V section 290). */
function germanInsurance(letter: number, digits: string): string {
  const place = String(letter + 1).padStart(2, '0')
  return `${String.fromCharCode(0x41 + letter)}${digits}${doublingSum(place + digits) % 10}`
}

/** Sum of the digits of all, every second doubled, the last one first. */
function doublingSum(digits: string): number {
  return [...digits].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
}
