/**
 * Masks that let people recognise their own value and nobody use another's. Letters and digits are covered, what
 * separates them stays. `maxShownShare` binds all recognisers.
 */

/** Of a value's letters and digits, at most this share is shown; of an e-mail address, what lies before its last label counts. */
export const maxShownShare = 0.4

const isShowable = (character: string): boolean => /[\p{L}\p{N}]/u.test(character)

/** Shows the first `first` and last `last` letters and digits, or fewer of the last where that would be too much. */
export function maskMiddle(value: string, first: number, last: number): string {
  const characters = [...value]
  const count = characters.filter(isShowable).length
  const shown = Math.floor(count * maxShownShare)
  const head = Math.min(first, shown)
  const tail = Math.min(last, shown - head)
  let index = 0
  return characters
    .map((character) => {
      if (!isShowable(character)) return character
      const isShown = index < head || index >= count - tail
      index++
      return isShown ? character : '*'
    })
    .join('')
}

/** `a***@e***.com`: the same number of stars whatever is covered. */
export function maskEmail(value: string): string {
  const at = value.lastIndexOf('@')
  const dot = value.lastIndexOf('.')
  const [local, domain] = [value.slice(0, at), value.slice(at + 1, dot)]
  return `${initial(local)}***@${initial(domain)}***${value.slice(dot)}`
}

/** The first letter of a text that has two more to hide. */
function initial(text: string): string {
  const [first] = text
  const isShown = first !== undefined && isShowable(first) && [...text].filter(isShowable).length >= 3
  return isShown ? first : ''
}

/** `ghp_****`: what tells the kind of a secret, its first `shown` characters, and the same number of stars for all the rest. */
export function maskSecret(value: string, shown: number): string {
  const count = (text: string): number => [...text].filter(isShowable).length
  const head = value.slice(0, shown)
  return count(head) <= count(value) * maxShownShare ? `${head}****` : '****'
}
