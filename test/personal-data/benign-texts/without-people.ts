/*
 * Texts that others wrote, without the people in them. What may be personal data is left out by rules that are wider than any
 * recogniser's, so that what is left is benign whatever a recogniser thinks of it.
 */

/** Fields of package.json and the registry that name people. */
const peoplesFields = new Set([
  'author',
  'authors',
  'maintainers',
  'contributors',
  '_npmUser',
  'funding',
  'bugs',
])

/** What lines tell of people with: who wrote something, and made-up people of examples. */
const words =
  /4111111111111111|author|maintain|contribut|copyright|©|\(c\)|thank|signed-off|reported by|(?:first|last|full|sur|user|nick|screen)_?name|phone|\b(?:alice|bob|jane|john|maciej|ryan)\b/i

/**
 * How changes and lists tell who made them: `(Anna Meier)`, `[Anna Meier](https://github.com/…)`, `| [Anna Meier] |`; who wrote what
 * is licensed, and the address of who holds the rights, which stands behind a line about them.
 */
const credits =
  /\(\p{Lu}\p{L}+(?: [\p{L}-]+){1,3}\)|\]\(https:\/\/github\.com\/|^\s*\|\s*\[|written by|hello \w+!|MIT License|Tene|Warren|Jean-loup Gailly|Mark Adler|zloirock|Skokan|Lovchikov|51 Franklin St/iu

/** Links of those that people are told of with, where a line has many. */
const linkedPeople = /\[[^\]]{3,60}\]\(https:\/\/github\.com\/[^)]*\)/g

/** Addresses of mail, with anything before the `@`, and of hosts. */
const addresses = /[^\s/"'`(*]@|\d\.\d+\.\d+\.\d|::\d|::ffff|fe80|[\da-f]{3,4}:[\da-f]{3,4}:/i

/** In a line that is too long to be left out, as of a minified program, what stands around an address goes. */
const aroundAddresses = new RegExp(`\\S{0,80}(?:${addresses.source})\\S{0,80}`, 'gi')
const longLine = 1000

export function textWithoutPeople(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.length > longLine ? line.replace(linkedPeople, '').replace(aroundAddresses, '') : line,
    )
    .filter((line) => line.length > longLine || ![words, credits, addresses].some((rule) => rule.test(line)))
    .join('\n')
}

/** Of a JSON document, or of a text where it is none. */
export function jsonWithoutPeople(text: string): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return textWithoutPeople(text)
  }
  const clean = (key: string, inner: unknown): unknown => {
    if (peoplesFields.has(key)) return undefined
    return typeof inner === 'string' ? textWithoutPeople(inner) : inner
  }
  // Source maps are written in one line.
  return JSON.stringify(value, clean, text.includes('\n  ') ? 2 : undefined)
}
