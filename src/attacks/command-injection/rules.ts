import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'command-injection', id: `command.${name}`, points, level, what }
}

export const rules = {
  separated: rule('separated', 5, 1, 'a command behind what ends another one'),
  maybeSeparated: rule('maybe-separated', 5, 3, 'the name of a command behind what ends another one'),
  substitution: rule('substitution', 5, 1, 'a command whose output a shell would put in its place'),
  maybeSubstitution: rule('maybe-substitution', 5, 3, 'the name of a command in backticks'),
  disguised: rule('disguised', 5, 1, 'a command with quotes or escapes between its letters'),
  glob: rule('glob', 5, 1, 'the path of a command written with wildcards'),
  whole: rule('whole', 5, 1, 'a command line in place of a value'),
  program: rule('program', 5, 1, 'the path of a program in place of a value'),
  toShell: rule('to-shell', 5, 1, 'something handed to a shell to run'),
  probe: rule('probe', 5, 1, 'a command that does nothing, in quotes, as probes send it'),
  variable: rule('variable', 5, 1, 'an expansion that stands for a blank or a slash'),
  reverseShell: rule('reverse-shell', 5, 1, 'a shell that talks over the network'),
  windows: rule('windows', 5, 1, 'what cmd.exe or PowerShell would run'),
  serverSideInclude: rule('server-side-include', 5, 1, 'a directive of server-side includes'),
  code: rule('code', 5, 1, 'a call that runs commands or code'),
  codeWords: rule('code-words', 5, 3, 'the name of a call that runs commands or code'),
  phpTag: rule('php-tag', 5, 1, 'a program in PHP'),
} as const
