import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { ExitCode } from '../lib/errors.ts'
import type { Check } from './doctor/check.ts'
import { checkClock, probeClock } from './doctor/clock-check.ts'
import { checkDisk, probeDisk } from './doctor/disk-check.ts'
import { checkEngines, probeEngines } from './doctor/engines-check.ts'
import { checkKernel, probeKernel } from './doctor/kernel-check.ts'
import { checkNode } from './doctor/node-check.ts'
import { checkPrivileges } from './doctor/privileges-check.ts'
import { reportLines } from './doctor/report.ts'
import { examplesText } from './examples.ts'
import { stateDirOption } from './state-dir-option.ts'
import { styleFor } from './terminal/style.ts'

/** `pavise doctor`: what of this machine watching containers stands on, and what each lack costs. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Look whether this machine has what watching containers takes, and say what each lack costs. Changes nothing.',
    )
    .addOption(stateDirOption('where the store is to be'))
    .option('--json', 'each check as a line of JSON', false)
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise doctor', 'as the user who is to run Pavise'],
        ['pavise doctor --json | jq -r \'select(.state != "ok").about\'', 'what is not as it should be'],
      ]),
    )
    .action(async ({ stateDir, json }: { stateDir: string; json: boolean }) => {
      const checks = await runChecks(resolve(stateDir))
      const style = styleFor(process.stdout.isTTY, process.env)
      const lines = json ? checks.map((check) => JSON.stringify(check)) : reportLines(checks, style)
      process.stdout.write(`${lines.join('\n')}\n`)
      process.exitCode = checks.some(({ state }) => state === 'lacking') ? ExitCode.findings : ExitCode.clean
    })
}

async function runChecks(stateFolder: string): Promise<Check[]> {
  const now = new Date()
  return [
    checkNode(process.versions.node, now),
    checkKernel(await probeKernel()),
    checkPrivileges(readFileSync('/proc/self/status', 'utf8')),
    checkEngines(await probeEngines()),
    checkDisk(probeDisk(stateFolder)),
    checkClock(now, probeClock()),
  ]
}
