import { Command, Option } from 'commander'
import { type Role, roleNames } from '../model/permissions.ts'
import { addAccount, linkAccount, listAccounts, removeAccount } from './accounts/run.ts'
import { examplesText } from './examples.ts'
import { stateDirOption } from './state-dir-option.ts'

interface Flags {
  stateDir: string
  json: boolean
}

/** `pavise accounts`: who may log in to the Pavise that runs on this machine. */
export function accountsCommand(): Command {
  return new Command('accounts')
    .description('Say who may log in to the Pavise that runs here, and give links to log in with.')
    .addHelpText(
      'before',
      examplesText([
        ['sudo pavise accounts link', 'a link that logs the administrator in, once'],
        ['sudo pavise accounts add anna --role security', 'an account, and the link for its owner'],
        [
          'sudo pavise accounts add lab --role reader --namespace lab',
          'one that sees the workloads of a namespace only',
        ],
      ]),
    )
    .addCommand(listCommand())
    .addCommand(addCommand())
    .addCommand(linkCommand())
    .addCommand(removeCommand())
}

function listCommand(): Command {
  return common(new Command('list').description('list accounts and their roles')).action(
    async (flags: Flags) => {
      await listAccounts(flags)
    },
  )
}

function addCommand(): Command {
  return common(
    new Command('add')
      .description('make an account and a link by which its owner logs in first')
      .argument('<name>', 'letters, digits and . _ @ + -')
      .addOption(new Option('--role <role...>', 'what it may do').choices(roleNames).makeOptionMandatory())
      .option('--namespace <name>', 'for workloads of that namespace only; everywhere where it is left out'),
  ).action(
    async (name: string, { role, namespace, ...flags }: Flags & { role: Role[]; namespace?: string }) => {
      const grants = role.map((each) => ({ role: each, namespace: namespace ?? null }))
      await addAccount(flags, name, grants)
    },
  )
}

function linkCommand(): Command {
  return common(
    new Command('link')
      .description('make a link by which the owner of an account logs in, once; earlier links end')
      .argument('[name]', 'of the account', 'admin'),
  ).action(async (name: string, flags: Flags) => {
    await linkAccount(flags, name)
  })
}

function removeCommand(): Command {
  return common(
    new Command('remove')
      .description('remove an account with its sessions and tokens')
      .argument('<name>', 'of the account'),
  ).action(async (name: string, flags: Flags) => {
    await removeAccount(flags, name)
  })
}

function common(command: Command): Command {
  return command.addOption(stateDirOption()).option('--json', 'the answer as lines of JSON', false)
}
