import { Command, Option } from 'commander'
import { examplesText } from './examples.ts'
import { type CheckFlags, checkPolicy } from './policy/check.ts'
import { type ExplainFlags, explainPolicy } from './policy/explain.ts'
import { type SimulateFlags, simulatePolicy } from './policy/simulate.ts'

/** `pavise policy`: rules as YAML, checked, asked and tried before they are enforced. */
export function policyCommand(): Command {
  return new Command('policy')
    .description("Check, ask and try rules in NeuVector's YAML and ours.")
    .addHelpText(
      'before',
      examplesText([
        ['pavise policy check rules/', 'what is wrong in the files of a folder, and where'],
        [
          'pavise policy explain --policy rules/ --from nv.api.clinic --to lab.example --port tcp/443',
          'who decides, and why',
        ],
        ['pavise policy simulate --policy rules/ --from day.pcap', 'what of a capture would be blocked'],
      ]),
    )
    .addCommand(checkCommand())
    .addCommand(explainCommand())
    .addCommand(simulateCommand())
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
    .addOption(policyOption())
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
    .description('hold the flows of captures against rules as if all groups were in Protect')
    .addOption(policyOption())
    .requiredOption('--from <capture...>', 'pcap or pcapng, also gzipped')
    .option('--assign <address=group...>', 'group of an address that no group has, as 10.0.0.5=nv.api.clinic')
    .option('--json', 'each kind of denial as a line of JSON, then the counts', false)
    .action(async (flags: SimulateFlags) => {
      process.exitCode = await simulatePolicy(flags)
    })
}

function policyOption(): Option {
  return new Option('--policy <path...>', 'files or folders of rules').makeOptionMandatory()
}
