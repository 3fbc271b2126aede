import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'template-injection', id: `template.${name}`, points, level, what }
}

function exploit(name: string, what: string): AttackRule {
  return { class: 'known-exploit', id: `exploit.${name}`, points: 5, level: 1, what }
}

export const rules = {
  arithmetic: rule(
    'arithmetic',
    5,
    1,
    'an expression that a template engine would calculate, as probes send it',
  ),
  call: rule('call', 5, 1, 'an expression of a template engine that calls or reaches for what runs code'),
  expression: rule('expression', 5, 3, 'an expression of a template engine'),
  statement: rule('statement', 5, 1, 'a statement of a template engine'),
  internals: rule('internals', 5, 1, 'a way from an object to what runs code'),
  language: rule('expression-language', 5, 1, 'an expression of OGNL, SpEL or another language of Java'),
  mention: rule('mention', 5, 3, 'a mention of what attacks on template engines use'),
  lookup: exploit('cve-2021-44228', 'a lookup that Log4j would make (CVE-2021-44228 and those after it)'),
  interpolation: exploit('cve-2022-42889', 'an interpolation that Commons Text would run (CVE-2022-42889)'),
  shellshock: exploit(
    'cve-2014-6271',
    'a function definition with commands behind it (CVE-2014-6271, Shellshock)',
  ),
} as const
