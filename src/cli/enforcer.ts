import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { runEnforcer } from './enforcer/run.ts'
import { examplesText } from './examples.ts'
import { addRuntimeOptions, type RuntimeFlags, watcherOptions } from './runtime-options.ts'
import { loadSensors, sensorsOption } from './sensors-option.ts'
import { threatOption, threatSettings } from './threats-option.ts'
import { makeFolder } from './up/state-folder.ts'
import { workersOption } from './workers-option.ts'

interface Flags extends RuntimeFlags {
  socket: string
  stateDir?: string
  workers: number
  sensors?: string[]
  threat?: string[]
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
    .addOption(
      new Option(
        '--state-dir <folder>',
        'where the last policy is kept, for when there is no controller',
      ).env('PAVISE_ENFORCER_STATE_DIR'),
    )
    .addOption(workersOption())
    .addOption(sensorsOption())
    .addOption(threatOption())
    .addHelpText(
      'before',
      examplesText([['sudo pavise enforcer --socket /run/pavise/enforcer.sock', 'until Ctrl-C']]),
    )
    .action(async (flags: Flags) => {
      const { socket, stateDir, workers, sensors, threat } = flags
      if (stateDir !== undefined) makeFolder(resolve(stateDir))
      const { version } = packageJson
      process.exitCode = await runEnforcer({
        socketPath: socket,
        workers,
        version,
        sensors: await loadSensors(sensors),
        threats: threatSettings(threat),
        stateFolder: stateDir === undefined ? undefined : resolve(stateDir),
        runtimes: watcherOptions(flags),
      })
    })
  return addRuntimeOptions(command)
}
