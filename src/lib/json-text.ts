/**
 * DEL and C1 controls (a terminal may take U+009B for an escape sequence), line and paragraph separators, and the
 * controls that turn the direction of text around: JSON allows them raw, and whatever shows the text would obey them.
 */
const unsafe = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g

/** JSON on one line in which nothing that is not printable stands raw; it parses to the same value. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, escape)
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
