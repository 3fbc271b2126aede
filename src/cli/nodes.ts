import { Command } from 'commander'
import { examplesText } from './examples.ts'
import { listNodes, type NodesFlags, removeNode } from './nodes/run.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise nodes`: which machines report to the controller that runs here. */
export function nodesCommand(): Command {
  return new Command('nodes')
    .description('Say which machines report to the controller that runs here, and remove them.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise nodes list', 'which are connected, and until when their certificates are valid'],
        ['sudo pavise nodes remove db-2 --reason "stolen"', 'end its connection, and let it in no more'],
      ]),
    )
    .addCommand(
      common(new Command('list').description('list the machines that have joined')).action(
        async (flags: NodesFlags) => {
          await listNodes(flags)
        },
      ),
    )
    .addCommand(
      common(
        new Command('remove')
          .description('end the connection of a machine at once and let it in no more')
          .argument('<name>', 'of the node')
          .requiredOption('--reason <text>', 'why, for the record'),
      ).action(async (name: string, { reason, ...flags }: NodesFlags & { reason: string }) => {
        await removeNode(flags, name, reason)
      }),
    )
}

function common(command: Command): Command {
  return command
    .addOption(stateDirOption('of the controller that runs'))
    .option('--json', 'the answer as lines of JSON', false)
}
