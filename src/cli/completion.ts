import { Argument, Command } from 'commander'
import { completionScripts } from './completion/scripts.ts'
import { placesOf } from './completion/words.ts'
import { examplesText } from './examples.ts'
import { buildProgram } from './program.ts'

/** `pavise completion <shell>`: a script by which a shell completes commands and options. */
export function completionCommand(): Command {
  const shells = Object.keys(completionScripts)
  return new Command('completion')
    .description('Write a script by which a shell completes commands and options.')
    .addArgument(new Argument('<shell>', 'for which').choices(shells))
    .addHelpText(
      'before',
      examplesText([
        ['pavise completion bash > ~/.local/share/bash-completion/completions/pavise', 'for bash'],
        ['pavise completion fish > ~/.config/fish/completions/pavise.fish', 'for fish'],
        ['source <(pavise completion zsh)', 'for this zsh'],
      ]),
    )
    .action(async (shell: keyof typeof completionScripts) => {
      process.stdout.write(completionScripts[shell](placesOf(await buildProgram(() => true))))
    })
}
