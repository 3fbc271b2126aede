import type { Command } from 'commander'

/** What may stand next: a command, one of an argument's choices, or a long option. */
export interface Word {
  name: string
  summary: string
}

/** A place on the command line: the words by which it was reached (`policy apply`; nothing at the start) and what may follow. */
export interface Place {
  path: string
  words: Word[]
}

/** Every place of a command and of those below it. */
export function placesOf(command: Command, path = ''): Place[] {
  const help = command.createHelp()
  const children = help.visibleCommands(command)
  const options = help.visibleOptions(command).filter(({ long }) => long !== undefined)
  const words = [
    ...children.map((child) => ({
      name: child.name(),
      summary: oneLine(child.summary() || child.description()),
    })),
    ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
      argChoices.map((name) => ({ name, summary: oneLine(description) })),
    ),
    ...options.map(({ long, description }) => ({ name: String(long), summary: oneLine(description) })),
  ]
  const below = children.flatMap((child) => placesOf(child, `${path} ${child.name()}`.trimStart()))
  return [{ path, words }, ...below]
}

/** Without what shells would take for syntax in a summary. */
function oneLine(text: string): string {
  return text.replace(/['"`$\\:[\]\n]/g, ' ')
}
