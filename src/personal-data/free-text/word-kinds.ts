import { hashText } from '../judging/word-hash.ts'
import { namesByLanguage } from '../names/given-name-lists.ts'
import { surnamesByLanguage } from '../names/surname-lists.ts'
import * as lists from './word-lists.ts'

/** What a word may be; one word may be several. */
export const Kind = {
  given: 1,
  surname: 2,
  title: 4,
  role: 8,
  greeting: 16,
  personalVerb: 32,
  likelyVerb: 64,
  naming: 128,
  cue: 256,
  particle: 512,
  starter: 1024,
  /** Of everyday texts, and part of no name. */
  other: 2048,
  ambiguous: 4096,
  streetBehind: 8192,
  streetBefore: 16_384,
  unit: 32_768,
  country: 65_536,
  company: 131_072,
} as const

const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const names = (byLanguage: Readonly<Record<string, string>>): readonly string[] =>
  Object.values(byLanguage).flatMap(words)

const kinds = new Map<number, number>()
for (const [kind, known] of [
  [Kind.given, names(namesByLanguage)],
  [Kind.surname, names(surnamesByLanguage)],
  [Kind.title, words(lists.titles)],
  [Kind.role, words(lists.roles)],
  [Kind.greeting, words(lists.greetings)],
  [Kind.personalVerb, words(lists.personalVerbs)],
  [Kind.likelyVerb, words(lists.likelyVerbs)],
  [Kind.naming, words(lists.namingWords)],
  [Kind.cue, words(lists.cues)],
  [Kind.particle, words(lists.particles)],
  [Kind.starter, words(lists.starters)],
  [Kind.other, words(lists.otherWords)],
  [Kind.ambiguous, words(lists.ambiguousNames)],
  [Kind.streetBehind, words(lists.streetsBehind)],
  [Kind.streetBefore, words(lists.streetsBefore)],
  [Kind.unit, words(lists.units)],
  [Kind.country, words(lists.countries)],
  [Kind.company, words(lists.companies)],
] as const) {
  for (const word of known) {
    const hash = hashText(word)
    kinds.set(hash, (kinds.get(hash) ?? 0) | kind)
  }
}

/** Open addressing, at most a quarter full: a look-up is one or two reads. */
const size = 2 ** Math.ceil(Math.log2(kinds.size * 4))
const mask = size - 1
const keys = new Int32Array(size)
const values = new Int32Array(size)
for (const [hash, kind] of kinds) {
  let at = hash & mask
  while (values[at] !== 0) at = (at + 1) & mask
  keys[at] = hash
  values[at] = kind
}

/** Kinds of a word by its hash, of `word-hash.ts`; 0 for one that is not known. */
export function kindsOf(hash: number): number {
  let at = hash & mask
  while (values[at] !== 0) {
    if (keys[at] === hash) return values[at]
    at = (at + 1) & mask
  }
  return 0
}
