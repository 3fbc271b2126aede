import { limits } from '../limits.ts'
import {
  callKinds,
  catalogueNames,
  clauseWords,
  connectives,
  setWords,
  statementVerbs,
} from '../sql/words.ts'

/** Words that are shown: they are of languages, not of persons. */
const shown = new Set([
  ...[
    ...callKinds.keys(),
    ...catalogueNames,
    ...clauseWords,
    ...connectives,
    ...setWords,
    ...statementVerbs.keys(),
  ],
  ...(
    'script img svg iframe body onerror onload alert prompt confirm javascript src href etc passwd bin sh bash cat ' +
    'whoami curl wget file http https ftp php jndi ldap rmi class java lang runtime exec system eval entity doctype'
  ).split(' '),
])

/** A value with its letters and digits masked, but for words of languages: enough to tell what it tried, too little to use. */
export function sampleOf(text: string): string {
  const cut = text.slice(0, limits.sampleCharacters)
  let sample = ''
  for (let at = 0; at < cut.length;) {
    let end = at
    while (end < cut.length && isWordUnit(cut.charCodeAt(end))) end++
    if (end === at) sample += printable(cut, at++)
    else {
      const word = cut.slice(at, end)
      sample += shown.has(word.toLowerCase()) ? word : '*'.repeat(Math.min(word.length, 4))
      at = end
    }
  }
  return text.length > cut.length ? `${sample}…` : sample
}

/** Letters, digits, and everything beyond ASCII. */
function isWordUnit(code: number): boolean {
  const letter = code | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code > 0x7e
}

function printable(text: string, at: number): string {
  return text.charCodeAt(at) < 0x20 ? ' ' : text[at]
}
