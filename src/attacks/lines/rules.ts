import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'response-splitting', id: `lines.${name}`, points, level, what }
}

export const rules = {
  header: rule('header', 5, 1, 'a line break with a header of HTTP behind it'),
  document: rule('document', 5, 1, 'an empty line with a document behind it'),
  response: rule('response', 5, 1, 'a line break with a response or a request of HTTP behind it'),
  mail: rule('mail-header', 5, 1, 'a line break with a header of a mail behind it'),
  mailCommand: rule('mail-command', 5, 1, 'a line break with a command of a mail server behind it'),
  lineBreak: rule('line-break', 5, 4, 'a line break where a value has one line'),
} as const
