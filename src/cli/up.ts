import { Command } from 'commander'
import { addControllerOptions, controllerChoice, type ControllerFlags } from './controller-options.ts'
import { examplesText } from './examples.ts'
import { addRuntimeOptions, runtimeArguments, type RuntimeFlags } from './runtime-options.ts'
import { loadSignatures, rulesOption } from './rules-option.ts'
import { loadSecLang, secLangOption } from './seclang-option.ts'
import { threatOption } from './threats-option.ts'
import { type EnforcerProgram, runUp } from './up/run.ts'
import { sensorPaths } from './up/state-folder.ts'
import { workersOption } from './workers-option.ts'

interface Flags extends RuntimeFlags, ControllerFlags {
  workers: number
  threat?: string[]
  seclang?: string[]
  rules?: string[]
}

/** `pavise up`: watches this machine, all in one. */
export function upCommand(): Command {
  const command = new Command('up').description(
    'Watch the containers of this machine and show which personal data goes where',
  )
  addControllerOptions(command)
    .addOption(workersOption())
    .addOption(threatOption())
    .addOption(secLangOption())
    .addOption(rulesOption())
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise up', 'until Ctrl-C'],
        ['sudo pavise up --json | jq .', 'each record as it comes'],
        ['sudo pavise up --keep-findings 90d', 'findings of three months'],
      ]),
    )
    .action(async (flags: Flags) => {
      // Sensors and rules are read here, too, and not only by the enforcer: it would end with what is wrong, again and again.
      const choice = await controllerChoice(flags, command)
      await loadSecLang(flags.seclang)
      await loadSignatures(flags.rules)
      process.exitCode = await runUp({ ...choice, enforcer: enforcerProgram(flags) })
    })
  return addRuntimeOptions(command)
}

function enforcerProgram(flags: Flags): EnforcerProgram {
  return {
    command: process.execPath,
    args: [
      ...process.execArgv,
      process.argv[1],
      'enforcer',
      `--workers=${flags.workers}`,
      ...sensorPaths(flags.stateDir, flags.sensors).map((path) => `--sensors=${path}`),
      ...(flags.seclang ?? []).map((path) => `--seclang=${path}`),
      ...(flags.rules ?? []).map((path) => `--rules=${path}`),
      ...(flags.threat ?? []).map((setting) => `--threat=${setting}`),
      ...runtimeArguments(flags),
    ],
  }
}
