import type { AttackRule, Strictness } from '../attack.ts'

function scanner(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'scanner', id: `scanner.${name}`, points, level, what }
}

function webshell(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'webshell', id: `webshell.${name}`, points, level, what }
}

export const rules = {
  tool: scanner('tool', 5, 1, 'the name of a tool that looks for weaknesses'),
  library: scanner('library', 2, 3, 'the name of a library or a command in place of a browser'),
  probe: scanner('probe', 5, 1, 'a mark that a tool leaves in what it tries'),
  introspection: scanner('introspection', 5, 2, 'a query for the schema of GraphQL'),
  callback: scanner('callback', 5, 1, 'a name by which testers learn that something called out'),
  hiddenFile: scanner('hidden-file', 5, 1, 'the path of a file that was not meant to be served'),
  console: scanner('console', 5, 1, 'the path of an administration that attackers look for'),
  backup: scanner('backup', 5, 2, 'the path of a copy of a program or of a database'),
  shellName: webshell('name', 5, 1, 'the name of a known webshell'),
  shellCode: webshell('code', 5, 1, 'what a client of a webshell sends'),
  shellCommand: webshell('command', 5, 1, 'a command in a parameter that webshells take commands from'),
  output: webshell('output', 5, 1, 'the output of a command or of a file that only a system has'),
} as const
