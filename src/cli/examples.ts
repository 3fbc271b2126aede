/**
 * The examples that stand before everything else in a command's help, for `command.addHelpText('before', …)`.
 *
 * @param rows a command line, and what it does
 */
export function examplesText(rows: readonly (readonly [commandLine: string, does: string])[]): string {
  const width = Math.max(...rows.map(([commandLine]) => commandLine.length))
  const lines = rows.map(([commandLine, does]) => `  $ ${commandLine.padEnd(width)}   ${does}\n`)
  return `Examples:\n${lines.join('')}`
}
