import { Command, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { reachController, type ReachFlags } from './enforcer/reach-controller.ts'
import { runEnforcer } from './enforcer/run.ts'
import { examplesText } from './examples.ts'
import { parseHostPort } from './host-port.ts'
import { addRuntimeOptions, type RuntimeFlags, watcherOptions } from './runtime-options.ts'
import { loadSignatures, rulesOption } from './rules-option.ts'
import { loadSecLang, secLangOption } from './seclang-option.ts'
import { loadSensors, sensorsOption } from './sensors-option.ts'
import { threatOption, threatSettings } from './threats-option.ts'
import { workersOption } from './workers-option.ts'

interface Flags extends RuntimeFlags, ReachFlags {
  workers: number
  sensors?: string[]
  seclang?: string[]
  rules?: string[]
  threat?: string[]
}

/** `pavise enforcer`: the agent of a node, apart from the controller. */
export function enforcerCommand(): Command {
  const command = new Command('enforcer')
    .description('Read the packets of the workloads of this machine and tell a controller what they carry.')
    .addOption(
      new Option('--controller <host:port>', 'on another machine: where pavise controller listens for nodes')
        .env('PAVISE_CONTROLLER')
        .argParser(parseHostPort),
    )
    .addOption(
      new Option('--join <token>', 'of pavise controller join-token, the first time').env(
        'PAVISE_JOIN_TOKEN',
      ),
    )
    .addOption(
      new Option('--name <name>', 'as which it joins; the host name where it is left out').env(
        'PAVISE_NODE_NAME',
      ),
    )
    .addOption(
      new Option('--socket <path>', 'of a controller on this machine')
        .env('PAVISE_CONTROLLER_SOCKET')
        .conflicts(['controller', 'join', 'name']),
    )
    .addOption(
      new Option(
        '--state-dir <folder>',
        'where the last policy is kept, for when there is no controller, and who this machine is to another’s',
      ).env('PAVISE_ENFORCER_STATE_DIR'),
    )
    .addOption(workersOption())
    .addOption(sensorsOption())
    .addOption(threatOption())
    .addOption(secLangOption())
    .addOption(rulesOption())
    .addHelpText(
      'before',
      examplesText([
        [
          'sudo pavise enforcer --controller 10.0.0.5:7441 --join pavise_join_…',
          'join the controller on another machine, and report to it until Ctrl-C',
        ],
        ['sudo pavise enforcer --socket /var/lib/pavise/run/controller.sock', 'to one on this machine'],
      ]),
    )
    .action(async (flags: Flags) => {
      const { workers, sensors, seclang, rules, threat } = flags
      const { version } = packageJson
      const reached = await reachController(flags)
      process.exitCode = await runEnforcer({
        ...reached,
        workers,
        version,
        sensors: await loadSensors(sensors),
        threats: threatSettings(threat),
        secLang: (await loadSecLang(seclang)).files,
        signatures: (await loadSignatures(rules)).files,
        runtimes: { ...watcherOptions(flags), ...(flags.controller && { node: reached.name }) },
      })
    })
  return addRuntimeOptions(command)
}
