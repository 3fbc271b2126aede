import { Command, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { runEnforcer } from './enforcer/run.ts'
import { examplesText } from './examples.ts'
import { addRuntimeOptions, type RuntimeFlags, watcherOptions } from './runtime-options.ts'
import { loadSensors, sensorsOption } from './sensors-option.ts'
import { workersOption } from './workers-option.ts'

interface Flags extends RuntimeFlags {
  socket: string
  workers: number
  sensors?: string[]
}

/** `pavise enforcer`: the agent of a node, apart from the controller. */
export function enforcerCommand(): Command {
  const command = new Command('enforcer')
    .description('Read the packets of the workloads of this machine and tell a controller what they carry.')
    .addOption(
      new Option('--socket <path>', 'of the controller')
        .env('PAVISE_CONTROLLER_SOCKET')
        .makeOptionMandatory(),
    )
    .addOption(workersOption())
    .addOption(sensorsOption())
    .addHelpText(
      'before',
      examplesText([['sudo pavise enforcer --socket /run/pavise/enforcer.sock', 'until Ctrl-C']]),
    )
    .action(async (flags: Flags) => {
      const { socket, workers, sensors } = flags
      const { version } = packageJson
      process.exitCode = await runEnforcer({
        socketPath: socket,
        workers,
        version,
        sensors: await loadSensors(sensors),
        runtimes: watcherOptions(flags),
      })
    })
  return addRuntimeOptions(command)
}
