/**
 * Texts of the encoded words of a header (RFC 2047), those that follow each other put together (section 6.2). Characters of ISO
 * 8859-1 and Windows-1252 become UTF-8; other sets are read as they are, of which ASCII is a part.
 */
export function encodedWords(header: string): string[] {
  const texts: string[] = []
  let behind = -1
  for (const match of header.matchAll(/=\?([\w-]{1,40})(?:\*[\w-]{0,20})?\?([bq])\?([^?\s]{0,1024})\?=/gi)) {
    const text = decodedWord(match[1].toLowerCase(), match[2].toLowerCase(), match[3])
    const isNext = behind >= 0 && header.slice(behind, match.index).trim() === ''
    if (isNext) texts.push((texts.pop() ?? '') + text)
    else texts.push(text)
    behind = match.index + match[0].length
  }
  return texts
}

function decodedWord(charset: string, encoding: string, text: string): string {
  const bytes = encoding === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text)
  return bytes.toString(/^(?:iso-8859-(?:1|15)|windows-1252|latin1)$/.test(charset) ? 'latin1' : 'utf8')
}

/** RFC 2047 section 4.2. */
function quotedBytes(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replaceAll(/=([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  return Buffer.from(plain, 'latin1')
}
