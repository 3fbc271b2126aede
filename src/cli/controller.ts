import { Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../lib/quantity.ts'
import { addControllerOptions, controllerChoice, type ControllerFlags } from './controller-options.ts'
import { examplesText } from './examples.ts'
import { type HostPort, parseHostPort } from './host-port.ts'
import { printJoinToken, type TokenFlags } from './nodes/run.ts'
import { stateDirOption } from './state-dir-option.ts'
import { runUp } from './up/run.ts'

interface Flags extends ControllerFlags {
  listen: HostPort
}

/** `pavise controller`: the part of `pavise up` that other machines report to. */
export function controllerCommand(): Command {
  const command = new Command('controller').description(
    'Take in what the enforcers of many machines see, and bring them the policy.',
  )
  addControllerOptions(command)
    .addOption(
      new Option('--listen <host:port>', 'where nodes connect, over TLS')
        .env('PAVISE_LISTEN')
        .argParser(parseHostPort)
        .default({ host: '0.0.0.0', port: 7441 }, '0.0.0.0:7441'),
    )
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise controller', 'until Ctrl-C'],
        ['sudo pavise controller join-token', 'let one machine join'],
      ]),
    )
    .action(async (flags: Flags) => {
      const choice = await controllerChoice(flags, command)
      process.exitCode = await runUp({ ...choice, listen: flags.listen })
    })
  return command.addCommand(joinTokenCommand())
}

function joinTokenCommand(): Command {
  return new Command('join-token')
    .description('make a token by which one machine joins the controller that runs here, once')
    .addOption(
      new Option('--valid <time>', 'how long it can be used, at most a day')
        .argParser(toDuration)
        .default(60 * 60_000, '1h'),
    )
    .addOption(stateDirOption('of the controller that runs'))
    .option('--json', 'the answer as a line of JSON', false)
    .action(async (flags: TokenFlags) => {
      await printJoinToken(flags)
    })
}

function toDuration(text: string): number {
  const ms = parseDuration(text)
  if (ms === null) throw new InvalidArgumentError('A time is a number and a unit: 90s, 30m, 12h.')
  return ms
}
