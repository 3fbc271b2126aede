import { Command } from 'commander'
import { examplesText } from './examples.ts'
import type { SensorsFlags } from './sensors/flags.ts'
import { addSensors } from './sensors/add.ts'
import { listSensors } from './sensors/list.ts'
import { removeSensors } from './sensors/remove.ts'
import { testSensors } from './sensors/test.ts'
import { sensorsOption } from './sensors-option.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise sensors`: what personal data is found by, built in and brought along. */
export function sensorsCommand(): Command {
  return new Command('sensors')
    .description('List what personal data is found by, try it, add your own.')
    .addHelpText(
      'before',
      examplesText([
        ['pavise sensors list', 'what is built in, and what you added'],
        ["pavise sensors test 'IBAN DE89 3704 0044 0532 0130 00'", 'what is found in a text, and why'],
        ['sudo pavise sensors add patient-number.yaml', 'for pavise up, from its next start on'],
        ['pavise inspect --sensors sensors/ day.pcap', 'without adding them'],
      ]),
    )
    .addCommand(listCommand())
    .addCommand(testCommand())
    .addCommand(addCommand())
    .addCommand(removeCommand())
}

function listCommand(): Command {
  return subcommand('list', 'every recogniser and rule: name, category, country, where its form comes from')
    .addOption(sensorsOption())
    .option('--json', 'each as a line of JSON', false)
    .action(async (flags: SensorsFlags) => {
      process.exitCode = await listSensors(flags)
    })
}

function testCommand(): Command {
  return subcommand('test', 'which find what in a text, and why')
    .argument('<text>', 'the text; - for standard input')
    .addOption(sensorsOption())
    .option('--json', 'each finding with its explanation as a line of JSON', false)
    .action(async (text: string, flags: SensorsFlags) => {
      process.exitCode = await testSensors(text, flags)
    })
}

function addCommand(): Command {
  return subcommand('add', 'check sensors and keep them for pavise up')
    .argument(
      '<file...>',
      "YAML: our kind Recogniser, or NeuVector's NvDlpSecurityRule and NvWafSecurityRule as they are",
    )
    .option('--replace', 'in the place of files of the same name', false)
    .action(async (files: string[], flags: SensorsFlags & { replace: boolean }) => {
      process.exitCode = await addSensors(files, flags)
    })
}

function removeCommand(): Command {
  return subcommand('remove', 'let go of sensors that were added')
    .argument('<name...>', 'of the file, or of the only sensor in it')
    .action(async (names: string[], flags: SensorsFlags) => {
      process.exitCode = await removeSensors(names, flags)
    })
}

function subcommand(name: string, description: string): Command {
  return new Command(name).description(description).addOption(stateDirOption('where pavise up has its store'))
}
