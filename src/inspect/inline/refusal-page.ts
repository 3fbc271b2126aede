/** What a request is refused for. */
export type RefusalReason = 'attack' | 'personal-data'

const sentences: Record<RefusalReason, string> = {
  attack: 'This request was refused: it looks like an attack.',
  'personal-data': 'This request was refused: it holds personal data that may not be sent here.',
}

/**
 * A whole answer of HTTP/1.1 (RFC 9110 section 15.5.4) for a client whose request is not forwarded. It fits into one segment of any
 * network (RFC 9293 section 3.7.1), says nothing of what was found, and names an incident by which it can be asked about.
 *
 * @param incident id of the flow's records: letters, digits and dashes
 */
export function refusalPage(reason: RefusalReason, incident: string): Uint8Array {
  const body =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>403 Forbidden</title><h1>Forbidden</h1>' +
    `<p>${sentences[reason]}<p>If it should have passed, tell whoever runs this service the incident: ` +
    `<code>${incident}</code></html>\n`
  const head =
    'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html; charset=utf-8\r\n' +
    `Content-Length: ${body.length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n`
  return Buffer.from(head + body, 'latin1')
}
