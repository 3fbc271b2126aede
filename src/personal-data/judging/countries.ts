/** What countries, and what is theirs, are called in names of fields: English, then their own languages, without accents. */
const namesOfCountries: Readonly<Record<string, readonly string[]>> = {
  at: ['austria', 'austrian', 'osterreich', 'osterreichische'],
  au: ['australia', 'australian'],
  be: ['belgium', 'belgian', 'belgie', 'belgique', 'belge', 'belgisch', 'belgien'],
  bg: ['bulgaria', 'bulgarian', 'българия', 'български'],
  br: ['brazil', 'brazilian', 'brasil', 'brasileiro'],
  ca: ['canada', 'canadian', 'canadien'],
  ch: ['switzerland', 'swiss', 'schweiz', 'schweizer', 'suisse', 'svizzera'],
  cy: ['cyprus', 'cypriot', 'κυπρος'],
  cz: ['czechia', 'czech', 'cesko', 'ceske', 'cesky'],
  de: ['germany', 'german', 'deutschland', 'deutsche', 'deutscher'],
  dk: ['denmark', 'danish', 'danmark', 'dansk'],
  ee: ['estonia', 'estonian', 'eesti'],
  es: ['spain', 'spanish', 'espana', 'espanol'],
  fi: ['finland', 'finnish', 'suomi', 'suomen'],
  fr: ['france', 'french', 'francais'],
  gb: ['uk', 'britain', 'british', 'england'],
  gr: ['greece', 'greek', 'hellenic', 'ελλαδα'],
  hr: ['croatia', 'croatian', 'hrvatska', 'hrvatski'],
  hu: ['hungary', 'hungarian', 'magyar'],
  ie: ['ireland', 'irish'],
  in: ['india', 'indian'],
  is: ['iceland', 'icelandic'],
  it: ['italy', 'italian', 'italia', 'italiano'],
  lt: ['lithuania', 'lithuanian', 'lietuva', 'lietuvos'],
  lu: ['luxembourg', 'luxemburg', 'letzebuerg'],
  lv: ['latvia', 'latvian', 'latvija', 'latvijas'],
  mt: ['malta', 'maltese'],
  nl: ['netherlands', 'dutch', 'nederland', 'nederlands'],
  no: ['norway', 'norwegian', 'norge', 'norsk'],
  pl: ['poland', 'polish', 'polska', 'polski'],
  pt: ['portugal', 'portuguese', 'portugues'],
  ro: ['romania', 'romanian'],
  rs: ['serbia', 'serbian', 'srbija', 'bosnia', 'montenegro', 'macedonia'],
  se: ['sweden', 'swedish', 'sverige', 'svensk'],
  si: ['slovenia', 'slovenian', 'slovenija'],
  sk: ['slovakia', 'slovak', 'slovensko', 'slovenske'],
  tr: ['turkey', 'turkish', 'turkiye'],
  us: ['usa', 'american'],
}

/** Codes that are words in names of fields: `is_valid`, `in`, and `no` for number. */
const ordinaryWords = new Set(['in', 'is', 'no'])

const countriesByName = new Map(
  Object.entries(namesOfCountries).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
)

/**
 * Countries that a field's name speaks of, as ISO 3166 codes in lower case: by name anywhere, by code only as the first or
 * last word of a segment. `segments` hold the words of the field and of those around it.
 */
export function countriesOf(segments: readonly (readonly string[])[]): ReadonlySet<string> {
  const countries = new Set<string>()
  for (const words of segments) {
    for (const word of words) {
      const country = countriesByName.get(word)
      if (country !== undefined) countries.add(country)
    }
    for (const word of [words[0], words[words.length - 1]]) {
      if (Object.hasOwn(namesOfCountries, word) && !ordinaryWords.has(word)) countries.add(word)
    }
  }
  return countries
}
