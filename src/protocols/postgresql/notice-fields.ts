/** What the fields of errors and notices are, by their first byte (documentation, 55.8). */
const NAMES: Record<string, string> = {
  S: 'severity',
  V: 'severity',
  C: 'sqlstate',
  M: 'message',
  D: 'detail',
  H: 'hint',
  P: 'position',
  p: 'position',
  q: 'query',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'type',
  n: 'constraint',
  F: 'file',
  L: 'line',
  R: 'routine',
}

const BY_CODE: string[] = Array.from({ length: 256 }, () => 'other')
for (const [code, name] of Object.entries(NAMES)) BY_CODE[code.charCodeAt(0)] = name

export function noticeField(code: number): string {
  return BY_CODE[code]
}
