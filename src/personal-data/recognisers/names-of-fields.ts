/** Names of fields, or words, as long lists of them are read best: separated by commas, as many lines as there are languages. */
export function namesOf(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(', '))
}
