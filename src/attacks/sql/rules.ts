import type { AttackRule } from '../attack.ts'

function rule(id: string, points: number, what: string, level: AttackRule['level'] = 1): AttackRule {
  return { class: 'sql-injection', id: `sql.${id}`, points, level, what }
}

export const sqlRules = {
  union: rule('union', 5, 'adds a query of its own to the one it is put into'),
  tautology: rule('tautology', 5, 'a condition that does not depend on what is stored'),
  probe: rule('probe', 5, 'a condition on what a function or a subquery yields'),
  condition: rule('condition', 5, 'goes on behind the value with a condition on a column'),
  bareCondition: rule('bare-condition', 5, 'goes on behind the value with a condition that always holds'),
  stacked: rule('stacked', 5, 'ends the statement and begins another'),
  statement: rule('statement', 5, 'a whole statement where a value is expected'),
  subquery: rule('subquery', 5, 'a query in the place of a value'),
  timing: rule('timing', 5, 'a call that makes the database wait'),
  error: rule('error', 5, 'a call that puts what is stored into an error message'),
  file: rule('file', 5, 'reads or writes files of the database server'),
  command: rule('command', 5, 'runs commands of the database server or connects elsewhere'),
  truncation: rule('truncation', 5, 'ends the value and comments out the rest of the statement'),
  columns: rule('columns', 5, 'counts columns by ordering'),
  clause: rule('clause', 5, 'goes on behind the value with a further clause'),
  concatenation: rule('concatenation', 5, 'splits the value into an expression'),
  catalogue: rule('catalogue', 2, 'names tables that describe the database'),
  obfuscation: rule('obfuscation', 2, 'comments between words of SQL'),
  talk: rule('talk', 5, 'SQL that acts, within what reads like prose', 2),
  plain: rule('plain', 5, 'words that are also a statement or a query', 2),
  weak: rule('weak', 3, 'an expression where a value is expected', 2),
} as const
