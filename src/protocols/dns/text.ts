/** No message is longer, so no text is. */
const LONGEST_MESSAGE = 65_535

/** What `joinText` has joined; valid until its next call. */
export const JOINED_TEXT = new Uint8Array(LONGEST_MESSAGE)

/** Joins the character strings of a well-formed TXT record, as their readers do (RFC 7208 section 3.3); returns the length. */
export function joinText(bytes: Uint8Array, start: number, end: number): number {
  let length = 0
  for (let at = start; at < end; at += bytes[at] + 1) {
    for (let i = at + 1; i <= at + bytes[at]; i++) JOINED_TEXT[length++] = bytes[i]
  }
  return length
}
