import { allRules } from './all-rules.ts'
import { attackClasses, type AttackRule } from './attack.ts'
import { exploitRule } from './exploits/exploit.ts'
import { exploits } from './exploits/table.ts'
import { limits } from './limits.ts'

const heading = `# Rules of attacks

What of a request or a statement is taken for an attack. Made from the rules in \`src/attacks/\` by \`scripts/attack-rules-document.ts\`; a test
holds it against the code. The id is what a record names its reasons by.

A request is an attack from ${limits.threshold} points on. A rule counts once in a request, and from its strictness on: 1 is what everyone has; each
further one finds more, in what is harmless too. What only departs from custom (an odd content type, a header that is missing)
is no rule.
`

/** docs/reference/attack-rules.md */
export function attackRulesDocument(): string {
  const sections = attackClasses.flatMap((attackClass) => {
    const rules = allRules.filter((rule) => rule.class === attackClass)
    return rules.length === 0 ? [] : [`## ${attackClass}\n\n${tableOf(rules)}\n`]
  })
  return [heading, ...sections, exploitSection()].join('\n')
}

function tableOf(rules: readonly AttackRule[]): string {
  const rows = rules.map(
    ({ id, points, level, what }) => `| \`${id}\` | ${points} | ${level} | ${escaped(what)} |`,
  )
  return ['| rule | points | from strictness | what it finds |', '|---|---|---|---|', ...rows].join('\n')
}

function exploitSection(): string {
  const rows = exploits
    .map((exploit) => ({ ...exploit, id: exploitRule(exploit).id }))
    .toSorted((a, b) => (a.product === b.product ? compare(a.id, b.id) : compare(a.product, b.product)))
    .map(
      ({ id, product, cve, what }) =>
        `| ${product} | ${cve.replaceAll(' ', ', ')} | ${escaped(what)} | \`${id}\` |`,
    )
  const head = '| product | weakness | what the request has | rule |\n|---|---|---|---|'
  return `## Known exploits\n\nEach has ${limits.threshold} points and counts from strictness 1.\n\n${head}\n${[...new Set(rows)].join('\n')}\n`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
