import { Command, Option } from 'commander'
import { examplesText } from './examples.ts'
import { engineLines, type InstallFlags, installWrapper, removeWrapper } from './oci-runtime/install.ts'
import { stateDirOption } from './state-dir-option.ts'

/** `pavise oci-runtime`: the start of a container waits for its rules. */
export function ociRuntimeCommand(): Command {
  return new Command('oci-runtime')
    .description('Have container engines hold the start of a container until its rules are in place.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise oci-runtime install', 'writes the runtime, and says how engines are told of it'],
        ['sudo pavise oci-runtime install --on-failure closed', 'without Pavise no container starts'],
        ['sudo pavise oci-runtime remove', 'once no engine names it any more'],
      ]),
    )
    .addCommand(installCommand())
    .addCommand(removeCommand())
}

const pathOption = () =>
  new Option('--path <file>', 'of the runtime that engines are to use').default('/usr/local/sbin/pavise-runc')

function installCommand(): Command {
  return new Command('install')
    .description('write a runtime that asks Pavise before a container starts, and is runc otherwise')
    .addOption(pathOption())
    .option('--runtime <program>', 'which one does the work: a name or a path', 'runc')
    .addOption(
      new Option('--on-failure <how>', 'containers start, or do not, while Pavise does not answer')
        .choices(['open', 'closed'])
        .default('open'),
    )
    .addOption(stateDirOption('of the Pavise that is to be asked'))
    .action((flags: InstallFlags) => {
      const path = installWrapper(flags)
      process.stdout.write(
        `${path} is written. What is started by it waits for its rules, once engines are told:\n\n${engineLines(path)}`,
      )
    })
}

function removeCommand(): Command {
  return new Command('remove')
    .description(
      'remove the runtime; containers of an engine that still names it can be neither started nor stopped',
    )
    .addOption(pathOption())
    .action(({ path }: { path: string }) => {
      process.stderr.write(
        removeWrapper(path) ? `${path} is removed\n` : `${path} is not there: nothing to remove\n`,
      )
    })
}
