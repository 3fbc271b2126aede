import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import type { Check } from './doctor/check.ts'
import { checkClock, probeClock } from './doctor/clock-check.ts'
import { checkDisk, probeDisk } from './doctor/disk-check.ts'
import { checkEngines, probeEngines } from './doctor/engines-check.ts'
import { checkKernel, probeKernel } from './doctor/kernel-check.ts'
import { checkLeftovers, probeLeftovers, removeLeftovers, type Repair } from './doctor/leftovers-check.ts'
import { checkNode } from './doctor/node-check.ts'
import { checkPrivileges } from './doctor/privileges-check.ts'
import { reportLines } from './doctor/report.ts'
import { examplesText } from './examples.ts'
import { stateDirOption } from './state-dir-option.ts'
import { styleFor } from './terminal/style.ts'

interface Flags {
  stateDir: string
  json: boolean
  repair?: Repair
  namespace?: string[]
}

/** `pavise doctor`: what of this machine watching containers stands on, and what each lack costs. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Look whether this machine has what watching containers takes, and say what each lack costs. Changes nothing, unless it is to repair.',
    )
    .addOption(stateDirOption('where the store is to be'))
    .addOption(
      new Option(
        '--repair [what]',
        'remove rules that a crash left in network namespaces; `quarantine`: and release all that are cut off',
      )
        .choices(['rules', 'quarantine'])
        .preset('rules'),
    )
    .option('--namespace <path...>', 'network namespaces whose rules are looked at; otherwise all')
    .option('--json', 'each check as a line of JSON', false)
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise doctor', 'as the user who is to run Pavise'],
        ['sudo pavise doctor --repair', 'after a crash, where Pavise is not to be started again'],
        ['pavise doctor --json | jq -r \'select(.state != "ok").about\'', 'what is not as it should be'],
      ]),
    )
    .action(async ({ stateDir, json, repair, namespace }: Flags) => {
      if (repair !== undefined) await repairRules(repair, namespace)
      const checks = await runChecks(resolve(stateDir), namespace)
      const style = styleFor(process.stdout.isTTY, process.env)
      const lines = json ? checks.map((check) => JSON.stringify(check)) : reportLines(checks, style)
      process.stdout.write(`${lines.join('\n')}\n`)
      process.exitCode = checks.some(({ state }) => state === 'lacking') ? ExitCode.findings : ExitCode.clean
    })
}

/** Says of each what it did, for people. */
async function repairRules(repair: Repair, namespaces: string[] | undefined): Promise<void> {
  const found = await probeLeftovers(namespaces)
  if (found === undefined)
    throw new PaviseError('NOT_PERMITTED', 'Rules in network namespaces are removed by root only.', {
      nextStep: 'sudo pavise doctor --repair',
      exitCode: ExitCode.unreachable,
    })
  const removed = await removeLeftovers(found, repair)
  for (const { path, isQuarantined } of removed)
    process.stderr.write(`removed the rules in ${path}${isQuarantined ? ', which was in quarantine' : ''}\n`)
  if (removed.length === 0) process.stderr.write('there was nothing to remove\n')
}

async function runChecks(stateFolder: string, namespaces: string[] | undefined): Promise<Check[]> {
  const now = new Date()
  return [
    checkNode(process.versions.node, now),
    checkKernel(await probeKernel()),
    checkPrivileges(readFileSync('/proc/self/status', 'utf8')),
    checkEngines(await probeEngines()),
    checkLeftovers(await probeLeftovers(namespaces)),
    checkDisk(probeDisk(stateFolder)),
    checkClock(now, probeClock()),
  ]
}
