/** Digits in groups: fewer than this are no number of a person, an account or a card. */
const FEWEST_DIGITS = 7
/** Four groups of three: the most that an IPv4 address in a host's name has. */
const ADDRESS_DIGITS = 12
const ADDRESS_GROUP = 3

/** What a record may say of a name that was asked: an e-mail address or a long number in its labels is covered. */
export function shownName(text: string): string {
  const at = text.lastIndexOf('@')
  const name = at < 0 ? text : `…${text.slice(at)}`
  let shown = ''
  let from = 0
  while (from < name.length) {
    const to = endOfDigits(name, from)
    const run = name.slice(from, Math.max(to, from + 1))
    shown += isTelling(run) ? run.replaceAll(/\d/g, '#') : run
    from += run.length
  }
  return shown
}

/** End of the digits at `from`, with single separators between them. */
function endOfDigits(name: string, from: number): number {
  let at = from
  while (isDigit(name, at) || (at > from && isDigit(name, at - 1) && isSeparator(name, at))) at++
  return at
}

/** The addresses in the names of cloud machines, `ip-10-20-30-40`, tell nobody's number. */
function isTelling(run: string): boolean {
  const groups = run.split(/\D/)
  const digits = groups.reduce((sum, group) => sum + group.length, 0)
  if (digits < FEWEST_DIGITS) return false
  return digits > ADDRESS_DIGITS || groups.some((group) => group.length > ADDRESS_GROUP)
}

function isDigit(name: string, at: number): boolean {
  return at < name.length && name[at] >= '0' && name[at] <= '9'
}

function isSeparator(name: string, at: number): boolean {
  return name[at] === '.' || name[at] === '-' || name[at] === '_'
}
