/** Characters that databases and file systems take for one of ASCII ("best fit"), beside the full-width forms. */
const alike = new Map<string, string>()

function give(ascii: string, characters: string): void {
  for (const character of characters) alike.set(character, ascii)
}

give("'", '\u02bc')
give('.', '\u2024\u3002')
give('..', '\u2025')
give('/', '\u2215\u2044')
give('\\', '\u29f5\u2216\ufe68')
give('<', '\ufe64')
give('>', '\ufe65')
give(';', '\ufe54')
give('\n', '\u2028\u2029')
give('k', '\u212a')
give('s', '\u017f')
give('i', '\u0131')

/** Full-width forms U+FF01 to U+FF5E are ASCII from `!` to `~`. */
const FULL_WIDTH_FIRST = 0xff01
const FULL_WIDTH_LAST = 0xff5e

/**
 * Folds forms of ASCII characters to these, and leaves out control characters and characters of no width, which many targets
 * skip. The same text where there is none.
 */
export function foldForms(text: string): string {
  const pieces: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // What text is made of: ASCII, and the letters and ideographs between the forms.
    if ((code >= 0x20 && code < 0x7f) || (code >= 0x3003 && code < 0xfe00)) continue
    const folded = formOf(text, i)
    if (folded === undefined) continue
    pieces.push(text.slice(from, i), folded)
    from = i + 1
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(from)
}

function formOf(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at)
  if (code >= 0x20 && code < 0x7f) return undefined
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d ? undefined : ''
  if (code >= FULL_WIDTH_FIRST && code <= FULL_WIDTH_LAST)
    return String.fromCharCode(code - FULL_WIDTH_FIRST + 0x21)
  if (code === 0x7f || code === 0xad || code === 0xfeff || (code >= 0x200b && code <= 0x200d)) return ''
  return code < 0x0131 ? undefined : alike.get(text[at])
}
