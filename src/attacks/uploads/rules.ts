import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'executable-upload', id: `upload.${name}`, points, level, what }
}

export const rules = {
  serverProgram: rule('server-program', 5, 1, 'a file whose name makes a server run it'),
  disguised: rule('disguised-name', 5, 1, 'a file name that hides what makes a server run it'),
  configuration: rule('configuration', 5, 1, 'a file that changes how a server treats its folder'),
  climbing: rule('climbing-name', 5, 1, 'a file name that leaves the folder of uploads'),
  program: rule('program', 3, 1, 'a file whose name makes a system run it'),
  executable: rule('executable', 5, 1, 'a program of Linux, Windows, macOS or Java'),
  script: rule('script', 5, 1, 'a script that names its interpreter'),
  code: rule('server-code', 5, 1, 'a program in a language that servers run'),
  activeImage: rule('active-image', 5, 1, 'an image with a script'),
} as const
