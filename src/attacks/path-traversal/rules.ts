import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'path-traversal', id: `path.${name}`, points, level, what }
}

function inclusion(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'file-inclusion', id: `inclusion.${name}`, points, level, what }
}

export const rules = {
  climb: rule('climb', 5, 1, 'a path that climbs out of its folder'),
  oneStep: rule('one-step', 3, 2, 'a path that climbs one folder'),
  disguisedClimb: rule(
    'disguised-climb',
    5,
    1,
    'a path that climbs, written so that a filter does not see it',
  ),
  telling: rule('telling-file', 5, 1, 'the path of a file that says how a system is set up'),
  named: rule('file-name', 3, 2, 'the name of a file that says how a system is set up'),
  stripped: rule('stripped', 5, 1, 'a climbing path whose separators were taken out'),
  placeholder: rule('placeholder', 5, 1, 'the placeholder of a program that tries paths'),
  nullByte: rule('null-byte', 5, 1, 'a null byte that cuts off the end of a file name'),
  share: inclusion('share', 5, 1, 'a share of Windows from which a program would be loaded'),
  wrapper: inclusion('wrapper', 5, 1, 'an address by which an include runs or reads what it should not'),
  dataAddress: inclusion('data-address', 5, 1, 'an address that is a program itself'),
  remote: inclusion('remote', 5, 1, 'an address from which an include would load a program'),
} as const
