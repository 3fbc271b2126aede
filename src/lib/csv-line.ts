/** A line of CSV (RFC 4180), with its end. */
export function csvLine(values: readonly string[]): string {
  return `${values.map((value) => quoted(harmless(value))).join(',')}\r\n`
}

/**
 * What traffic named must not be a formula in a spreadsheet: an apostrophe before it makes it text (OWASP, CSV
 * injection). Numbers stay numbers.
 */
function harmless(value: string): string {
  return /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
