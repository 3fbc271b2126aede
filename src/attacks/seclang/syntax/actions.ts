import { SecLangError } from '../problem.ts'

/** `name:value`, as it is written. */
export interface Action {
  /** In lower case. */
  name: string
  value: string
}

/** Reads a list of actions, `id:1,phase:2,setvar:'tx.a=1'`. @throws SecLangError where a quote is not closed. */
export function readActions(text: string): Action[] {
  const actions: Action[] = []
  let at = 0
  while (at < text.length) {
    while (at < text.length && ' \t,'.includes(text[at])) at++
    if (at >= text.length) break
    const nameEnd = endOf(text, at, ',:')
    const name = text.slice(at, nameEnd).trim().toLowerCase()
    if (text[nameEnd] !== ':') {
      actions.push({ name, value: '' })
      at = nameEnd
      continue
    }
    const value = readValue(text, nameEnd + 1)
    actions.push({ name, value: value.text })
    at = value.end
  }
  return actions
}

function readValue(text: string, at: number): { text: string; end: number } {
  if (text[at] !== "'") {
    const end = endOf(text, at, ',')
    return { text: unquoted(text.slice(at, end).trim()), end }
  }
  let value = ''
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "'") return { text: value, end: i + 1 }
    if (text[i] === '\\' && text[i + 1] === "'") i++
    value += text[i]
  }
  throw new SecLangError(`a quote of the action at "${text.slice(0, at).split(',').at(-1)}" is not closed`)
}

/** `ctl:ruleRemoveTargetById=1;ARGS:'a'`: quotes within are left as they are. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text
}

function endOf(text: string, start: number, ends: string): number {
  let at = start
  while (at < text.length && !ends.includes(text[at])) at++
  return at
}
