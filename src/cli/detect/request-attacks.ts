import type { AttackVerdict } from '../../attacks/verdict.ts'
import type { RequestJudge } from '../../attacks/request/request-judge.ts'
import type { SecLangJudge } from '../../attacks/seclang/judge.ts'
import type { HttpRequest } from '../../attacks/seclang/transaction/message.ts'
import { bodyFormat } from '../../protocols/http/body-format.ts'
import { parseMediaType, UNDECLARED } from '../../protocols/http/media-type.ts'
import type { RequestDocument, TextDocument } from './document-lines.ts'

/** What a document is guilty of, by itself; of a request rules in SecLang are asked as well, where there are any. */
export function attacksIn(
  document: TextDocument | RequestDocument,
  judge: RequestJudge,
  secLang?: SecLangJudge,
): AttackVerdict[] {
  judge.score.clear()
  if ('text' in document) judge.text(document.text, document.context)
  else {
    judgeRequest(document, judge)
    secLang?.judge(httpRequest(document), judge.score)
  }
  return judge.score.verdicts()
}

/** From nowhere to nowhere: documents have no connection. */
function httpRequest({ method, uri, headers, body }: RequestDocument): HttpRequest {
  const text = (value: string) => bytesOf(value).toString('latin1')
  const nobody = { address: '0.0.0.0', port: 0 }
  return {
    ...{ method, target: text(uri), protocol: 'HTTP/1.1', body: text(body), client: nobody, server: nobody },
    headers: headers.map(([name, value]) => [text(name), text(value)] as const),
  }
}

/** As the parser of HTTP/1 would hand it on. */
function judgeRequest({ method, uri, headers, body }: RequestDocument, judge: RequestJudge): void {
  const target = bytesOf(uri)
  const mark = target.indexOf('?')
  judge.path(target, 0, mark < 0 ? target.length : mark)
  if (mark >= 0) judge.query(target, mark + 1, target.length)
  const lines = bytesOf(headers.map(([name, value]) => `${name}: ${value}\r\n`).join(''))
  judge.headers(lines, 0, lines.length)
  judge.head(method, target, 0, target.length)
  if (body !== '') judgeBody(bytesOf(body), headers, judge)
}

function judgeBody(body: Buffer, headers: RequestDocument['headers'], judge: RequestJudge): void {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const declared =
    type === undefined ? UNDECLARED : parseMediaType(Buffer.from(type), 0, Buffer.byteLength(type))
  judge.body(bodyFormat(declared, body, 0, body.length, true) ?? 'text', body, 0, body.length)
}

function bytesOf(text: string): Buffer {
  const isBytes = [...text].every((character) => character.charCodeAt(0) < 0x100)
  return Buffer.from(text, isBytes ? 'latin1' : 'utf8')
}
