const kinds: readonly [pattern: RegExp, one: string, many: string][] = [
  [/^\p{L}$/u, 'letter', 'letters'],
  [/^\p{N}$/u, 'digit', 'digits'],
  [/^\s$/u, 'space', 'spaces'],
]

/** Longer descriptions tell nobody anything. */
const mostRuns = 12

/** How a value is written, without saying what is: `2 letters, 20 digits`, `4 digits, '-', 4 digits`. */
export function valueShapeText(value: string): string {
  const runs: { one: string; many: string; count: number }[] = []
  for (const character of value) {
    const [, one, many] = kinds.find(([pattern]) => pattern.test(character)) ?? [
      undefined,
      `'${character}'`,
      `'${character}'`,
    ]
    const last = runs.at(-1)
    if (last?.one === one) last.count++
    else runs.push({ one, many, count: 1 })
  }
  if (runs.length > mostRuns) return `${[...value].length} characters`
  return runs.map(runText).join(', ')
}

function runText({ one, many, count }: { one: string; many: string; count: number }): string {
  if (one.startsWith("'")) return count === 1 ? one : `${count} times ${one}`
  return `${count} ${count === 1 ? one : many}`
}
