import type { Place } from './words.ts'

/** A script for each shell: which words may follow is a table in it, so that completing runs no program. */
export const completionScripts: Record<'bash' | 'zsh' | 'fish', (places: Place[]) => string> = {
  bash: (places) => `_pavise_words() {
  case "$1" in
${places.map(({ path, words }) => `    '${path}') echo '${words.map(({ name }) => name).join(' ')}' ;;`).join('\n')}
  esac
}
_pavise() {
  local path='' next i
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    if [[ -n $(_pavise_words "$next") ]]; then path=$next; fi
  done
  COMPREPLY=($(compgen -W "$(_pavise_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _pavise pavise
`,

  zsh: (places) => `#compdef pavise
_pavise_words() {
  case "$1" in
${places.map(({ path, words }) => `    '${path}') reply=(${words.map(describe).join(' ')}) ;;`).join('\n')}
    *) reply=() ;;
  esac
}
_pavise() {
  local place='' next word
  local -a reply
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${place:+$place }$word"
    _pavise_words "$next"
    if (( \${#reply} )); then place=$next; fi
  done
  _pavise_words "$place"
  _describe -o 'pavise' reply || _files
}
compdef _pavise pavise
`,

  fish: (places) => `function __pavise_at
  set -l place ''
  for word in (commandline -opc)[2..]
    set -l next (string trim -- "$place $word")
    if contains -- $next ${places.map(({ path }) => `'${path}'`).join(' ')}
      set place $next
    end
  end
  test "$place" = "$argv[1]"
end
${places.flatMap(({ path, words }) => words.map((word) => fishLine(path, word.name, word.summary))).join('\n')}
`,
}

function describe({ name, summary }: { name: string; summary: string }): string {
  return `'${name}:${summary}'`
}

function fishLine(path: string, name: string, summary: string): string {
  const what = name.startsWith('--') ? `-l ${name.slice(2)}` : `-f -a ${name}`
  return `complete -c pavise -n "__pavise_at '${path}'" ${what} -d '${summary}'`
}
