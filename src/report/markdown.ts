/** Text that is text in Markdown too, whatever traffic named: no element, link or picture (CommonMark 2.4). */
export function literal(text: string): string {
  return text.replaceAll(/[\\<[`]/g, String.raw`\$&`)
}

/** The same in a cell of a table (GitHub Flavored Markdown 4.10). */
export function cell(text: string): string {
  return literal(text)
    .replaceAll('|', String.raw`\|`)
    .replaceAll('\n', ' ')
}
