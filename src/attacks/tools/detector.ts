import { probeCommands } from '../command-injection/commands.ts'
import type { ValueDetector } from '../detector.ts'
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

/** A command that stands alone in a parameter of a webshell. Names, marks and outputs are in `literals.ts`. */
export const webshellCommands: ValueDetector = {
  traits: 0,
  judge({ lower, context, field, role }, sink) {
    if (role !== 'value' || lower.length > 16 || (context !== 'query' && context !== 'body')) return
    if (commandFields.has(field) && probeCommands.has(lower) && !words.has(lower))
      sink.report(rules.shellCommand)
  },
}
