import { knownCommands } from './commands.ts'

/** Folders that programs, and files that are asked for first, stand in. */
const folders = ['bin', 'sbin', 'usr', 'etc', 'opt', 'tmp', 'var']
const files = ['passwd', 'shadow', 'hosts', 'group', 'issue']

/** Longer names of programs are not written with wildcards, and cost. */
const longestName = 16

/** Whether a path with wildcards is one that a shell would make a program's, or a telling file's, of: `/b?n/c?t`, `/???/??t`. */
export function isProgramPattern(path: string): boolean {
  const parts = path.split('/')
  if (parts.length < 3 || parts[0] !== '' || parts.length > 5) return false
  const name = parts.at(-1) ?? ''
  if (
    name.length < 2 ||
    name.length > longestName ||
    !folders.some((folder) => matchesGlob(parts[1], folder))
  )
    return false
  if (files.some((file) => matchesGlob(name, file))) return true
  for (const command of knownCommands) if (matchesGlob(name, command)) return true
  return false
}

/** `?` and `[…]` are one character, `*` any number of them. Patterns and texts here are short. */
function matchesGlob(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let starText = 0
  while (t < text.length) {
    const width = widthAt(pattern, p)
    if (pattern[p] === '*') {
      star = p++
      starText = t
    } else if (width > 0 && (width > 1 || pattern[p] === '?' || pattern[p] === text[t])) {
      p += width
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++starText
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** How many characters of the pattern stand for one of the text. */
function widthAt(pattern: string, at: number): number {
  if (at >= pattern.length) return 0
  if (pattern[at] !== '[') return 1
  const close = pattern.indexOf(']', at)
  return close < 0 ? 1 : close + 1 - at
}
