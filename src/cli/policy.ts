import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../lib/quantity.ts'
import { type Mode, modes, tiers } from '../policy/definition.ts'
import { examplesText } from './examples.ts'
import { type ApplyFlags, applyPolicy, diffPolicy, undoPolicy } from './policy/apply.ts'
import { type CheckFlags, checkPolicy } from './policy/check.ts'
import { type ExplainFlags, explainPolicy } from './policy/explain.ts'
import { type ExportFlags, exportPolicy } from './policy/export.ts'
import { listHistory, showVersion } from './policy/history.ts'
import { type ModeFlags, policyMode } from './policy/mode.ts'
import { quarantine, release } from './policy/quarantine.ts'
import { listResponses } from './policy/responses.ts'
import { listProcesses } from './policy/processes.ts'
import { forgetRules, listRules, type RulesFlags } from './policy/rules.ts'
import type { RunningFlags } from './running.ts'
import type { ChangingFlags } from './policy/running.ts'
import { type SimulateFlags, simulatePolicy } from './policy/simulate.ts'
import { simulateStored, type SimulateStoredFlags } from './policy/simulate-stored.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise policy`: rules as YAML, checked, asked, tried, applied and taken back. */
export function policyCommand(): Command {
  return new Command('policy')
    .description("Check, try, apply and take back rules in NeuVector's YAML and ours.")
    .addHelpText(
      'before',
      examplesText([
        ['pavise policy check rules/', 'what is wrong in the files of a folder, and where'],
        ['sudo pavise policy export > learned.yaml', 'the policy that runs, with what was learned'],
        ['sudo pavise policy simulate --policy rules/ --since 24h', 'what of the last day would be blocked'],
        ['sudo pavise policy apply rules/', 'show what changes, and apply it'],
        ['sudo pavise policy mode nv.api.clinic Protect', 'block what no rule allows'],
        ['sudo pavise policy undo', 'back to the policy before'],
      ]),
    )
    .addCommand(checkCommand())
    .addCommand(explainCommand())
    .addCommand(simulateCommand())
    .addCommand(applyCommand())
    .addCommand(diffCommand())
    .addCommand(undoCommand())
    .addCommand(historyCommand())
    .addCommand(exportCommand())
    .addCommand(modeCommand())
    .addCommand(rulesCommand())
    .addCommand(processesCommand())
    .addCommand(forgetCommand())
    .addCommand(quarantineCommand())
    .addCommand(releaseCommand())
    .addCommand(responsesCommand())
}

function responsesCommand(): Command {
  return running(new Command('responses'))
    .description('what is done when something happens, how often it was, and what came of it')
    .action(listResponses)
}

function checkCommand(): Command {
  return new Command('check')
    .description('say what is wrong in files of rules, where, and what to write instead')
    .argument('<file...>', 'YAML or JSON; of a folder, its files that are')
    .option('--json', 'each problem as a line of JSON', false)
    .action(async (files: string[], flags: CheckFlags) => {
      process.exitCode = await checkPolicy(files, flags)
    })
}

function explainCommand(): Command {
  return new Command('explain')
    .description('say whether a connection is allowed, by which rule, and what comes nearest where it is not')
    .addOption(policyOption().makeOptionMandatory())
    .requiredOption('--from <peer>', 'a group, an address, or a host name')
    .requiredOption('--to <peer>', 'a group, an address, a host name or vh:<host>')
    .requiredOption('--port <port>', 'tcp/443, udp/53, icmp; a bare number is TCP')
    .option('--application <name>', 'as HTTP; not known yet where it is left out')
    .option('--encryption <how>', 'none, yes, or a version as TLSv1.2; not known yet where it is left out')
    .option('--category <name...>', 'categories of personal data that were found in it')
    .option('--json', 'the verdict as a line of JSON', false)
    .action(async (flags: ExplainFlags) => {
      process.exitCode = await explainPolicy(flags)
    })
}

function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'hold flows of captures, or those that Pavise has stored, against rules as if all groups were in Protect',
    )
    .addOption(policyOption())
    .addOption(new Option('--from <capture...>', 'pcap or pcapng, also gzipped').conflicts('since'))
    .option('--assign <address=group...>', 'group of an address that no group has, as 10.0.0.5=nv.api.clinic')
    .option('--since <time>', 'flows that were stored since: 24h, or a time')
    .option('--only', 'with --since: by these files alone, not as they would be applied to what holds', false)
    .addOption(stateDirOption())
    .option('--json', 'each kind of denial as a line of JSON, then the counts', false)
    .action(async (flags: Partial<SimulateFlags> & Partial<SimulateStoredFlags>, command: Command) => {
      const { policy, from, since } = flags
      if (since !== undefined)
        process.exitCode = await simulateStored({ ...flags, since } as SimulateStoredFlags)
      else if (policy !== undefined && from !== undefined)
        process.exitCode = await simulatePolicy({ ...flags, policy, from } as SimulateFlags)
      else command.error('error: say --policy and --from, or --since')
    })
}

function applyCommand(): Command {
  return changing(new Command('apply'))
    .description('take files of rules in, all or nothing, after showing what changes')
    .argument('<file...>', 'YAML or JSON; of a folder, its files that are')
    .option('--only', 'what is not in these files goes', false)
    .action(async (files: string[], flags: ApplyFlags) => {
      process.exitCode = await applyPolicy(files, flags)
    })
}

function diffCommand(): Command {
  return running(new Command('diff'))
    .description('say what apply would change; exit 1 where something would')
    .argument('<file...>', 'YAML or JSON; of a folder, its files that are')
    .option('--only', 'what is not in these files goes', false)
    .action(async (files: string[], flags: RunningFlags & { only: boolean }) => {
      process.exitCode = await diffPolicy(files, flags)
    })
}

function undoCommand(): Command {
  return changing(new Command('undo'))
    .description('bring back the policy before the last change, or that of a version')
    .argument('[version]', 'as pavise policy history shows; 0 for none', toVersion)
    .action(async (version: number | undefined, flags: ChangingFlags) => {
      process.exitCode = await undoPolicy(version, flags)
    })
}

function historyCommand(): Command {
  return running(new Command('history'))
    .description('who changed the policy when, and why; of one version, what it changed')
    .argument('[version]', 'the one that is asked about', toVersion)
    .addOption(new Option('--limit <number>', 'the newest so many').argParser(toCount).default(20))
    .action(async (version: number | undefined, flags: RunningFlags & { limit: number }) => {
      await (version === undefined ? listHistory(flags) : showVersion(version, flags))
    })
}

function exportCommand(): Command {
  return new Command('export')
    .description('write the policy as YAML that applies elsewhere, here and in NeuVector')
    .option('--no-learned', 'without what was learned')
    .addOption(new Option('--at <version>', 'what was applied as of that version').argParser(toVersion))
    .addOption(stateDirOption())
    .action(async (flags: ExportFlags) => {
      process.exitCode = await exportPolicy(flags)
    })
}

function modeCommand(): Command {
  return running(new Command('mode'))
    .description('show the modes of groups, or set them')
    .argument('[group]', 'nodes, or nv.<service>.<namespace>')
    .addArgument(new Argument('[mode]', 'of its network').choices(modes))
    .addOption(new Option('--processes <mode>', 'of its processes and files').choices(modes))
    .addOption(new Option('--new-services <mode>', 'of groups that nobody has given one').choices(modes))
    .addOption(new Option('--new-processes <mode>', 'of processes and files of those').choices(modes))
    .option('--strict', 'between two groups the most restrictive mode counts')
    .option('--no-strict', 'the least restrictive does')
    .addOption(promotionOption('--discover-for', 'from Discover to Monitor'))
    .addOption(promotionOption('--monitor-for', 'from Monitor to Protect'))
    .option('--reason <text>', 'why, for the history')
    .action(async (group: string | undefined, mode: Mode | undefined, flags: ModeFlags) => {
      await policyMode(group, mode, flags)
    })
}

function rulesCommand(): Command {
  return running(new Command('rules'))
    .description('rules in the order in which they are asked; learned ones with when they were seen')
    .option('--group <name>', 'from it or to it')
    .addOption(new Option('--tier <tier>', 'of this kind').choices(tiers))
    .action(async (flags: RulesFlags) => {
      await listRules(flags)
    })
}

function processesCommand(): Command {
  return running(new Command('processes'))
    .description('programs that groups may run; learned ones with when they were seen')
    .argument('[group]', 'of it alone')
    .action(async (group: string | undefined, flags: RunningFlags) => {
      await listProcesses(group, flags)
    })
}

function forgetCommand(): Command {
  return running(new Command('forget'))
    .description('take learned rules and programs out; what goes on in Discover is learned again')
    .argument('<rule...>', 'ids, as --json of pavise policy rules and processes gives them')
    .option('--reason <text>', 'why, for the audit log')
    .action(async (ids: string[], flags: RunningFlags & { reason?: string }) => {
      await forgetRules(ids, flags)
    })
}

function quarantineCommand(): Command {
  return running(new Command('quarantine'))
    .description('cut a workload off: nothing passes to it or from it; without one, list those that are')
    .argument('[workload]', 'its id, as /api/v1/workloads gives it: docker:…')
    .option('--reason <text>', 'why')
    .action(async (workload: string | undefined, flags: RunningFlags & { reason?: string }) => {
      await quarantine(workload, flags)
    })
}

function releaseCommand(): Command {
  return running(new Command('release'))
    .description('let a workload that is in quarantine go again')
    .argument('<workload>', 'its id')
    .action(async (workload: string, flags: RunningFlags) => {
      await release(workload, flags)
    })
}

/** Options of all that ask the Pavise that runs here. */
function running(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'as lines of JSON', false)
}

function changing(command: Command): Command {
  return running(command)
    .option('--dry-run', 'say what would change, and change nothing', false)
    .option('--yes', 'do not ask', false)
    .option('--reason <text>', 'why, for the history')
}

function policyOption(): Option {
  return new Option('--policy <path...>', 'files or folders of rules')
}

function promotionOption(flag: string, what: string): Option {
  return new Option(`${flag} <time>`, `when groups go ${what} by themselves: 7d, or never`).argParser(
    toPromotion,
  )
}

function toPromotion(text: string): number | null {
  if (text === 'never') return null
  const ms = parseDuration(text)
  if (ms === null) throw new InvalidArgumentError('A time is a number and a unit: 12h, 7d; or never.')
  return ms
}

function toVersion(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A version is a number, as pavise policy history shows them.')
}

function toCount(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= 1000) return count
  throw new InvalidArgumentError('A number from 1 to 1000.')
}
