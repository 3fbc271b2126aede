import { probeCommands } from '../command-injection/commands.ts'
import type { RequestDetector } from '../detector.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'

/** Parameters that webshells take what they run from. */
const commandFields = new Set([
  'cmd',
  'command',
  'exec',
  'execute',
  'shell',
  'run',
  'system',
  'c',
  'cmdline',
  'ccmd',
  'do_cmd',
  'shellcmd',
  'comando',
  'commande',
  'command_line',
  'z0',
  'payload',
  'passthru',
  'eval',
  '0',
])

/** Commands that are words too and say something only where a command is expected. */
const words = new Set(['cat', 'who', 'w', 'env', 'ver', 'set', 'dir', 'reboot', 'shutdown'])

/**
 * A command that stands alone in a parameter of a webshell: a word like any other, but for where it stands. Names, marks and outputs are
 * in `literals.ts`.
 */
export const webshellCommands: RequestDetector = {
  targets: [...commandFields].flatMap((field) => [`?${field}=`, `&${field}=`]),
  headers: [],
  judge({ target }, sink) {
    let at = target.indexOf('?')
    if (at < 0) return
    const lower = target.toLowerCase()
    for (let n = 0; at >= 0 && n < limits.parameters; n++) {
      const end = lower.indexOf('&', at + 1)
      if (isCommandParameter(lower.slice(at + 1, end < 0 ? undefined : end))) sink.report(rules.shellCommand)
      at = end
    }
  },
}

function isCommandParameter(parameter: string): boolean {
  const equals = parameter.indexOf('=')
  if (equals < 0) return false
  const value = parameter.slice(equals + 1)
  return commandFields.has(parameter.slice(0, equals)) && probeCommands.has(value) && !words.has(value)
}
