import { encodedKind } from '../content/encoded-content.ts'
import { limits as contentLimits } from '../content/limits.ts'
import type { MailSink } from '../content/mail.ts'
import { formatOfMediaType } from '../content/trackers.ts'
import type { ContentFormat } from '../model/content-format.ts'
import type { DecodedQueue } from './encoded-runs.ts'
import { NestedContent, type OpenNested } from './nested-content.ts'

/** How a content of a mail is opened: by the header's name, `''` for a body, and where it stands in the mail. */
export type OpenOfMail = (field: string, start: number) => OpenNested

/** The bodies of a mail that are encoded and the encoded words of its headers, each inspected as a content of its own. */
export class MailContents implements MailSink {
  readonly #queue: DecodedQueue
  readonly #nesting: number
  readonly #open: OpenOfMail
  readonly #head = new Uint8Array(contentLimits.encodedHeadBytes)
  #headLength = 0
  #declared: ContentFormat | undefined
  #content: NestedContent | undefined
  #start = 0
  /** Where the body ended that is handed on last. */
  readonly #ended: ((at: number) => void) | undefined

  /** @param nesting - how many contents lie around those of the mail. */
  constructor(queue: DecodedQueue, nesting: number, open: OpenOfMail, ended?: (at: number) => void) {
    this.#queue = queue
    this.#nesting = nesting
    this.#open = open
    this.#ended = ended
  }

  beginBody(mediaType: string, at: number): void {
    const format = formatOfMediaType(mediaType)
    const isDeclared = /^\s*text\//i.test(mediaType) || (format !== 'text' && format !== 'binary')
    this.#declared = isDeclared ? format : undefined
    this.#start = at
    this.#headLength = 0
    this.#content = undefined
  }

  decoded(byte: number): void {
    if (this.#content !== undefined) this.#queue.add(this.#content, byte)
    else if (this.#headLength < this.#head.length) {
      this.#head[this.#headLength++] = byte
      if (this.#headLength === this.#head.length) this.#decide()
    }
  }

  endBody(at: number): void {
    if (this.#headLength < this.#head.length) this.#decide()
    this.#ended?.(at)
    if (this.#content !== undefined) this.#queue.end(this.#content)
    this.#content = undefined
    this.#headLength = this.#head.length
  }

  #decide(): void {
    const sniffed = encodedKind(this.#head, this.#headLength)
    const kind = sniffed ?? (this.#declared === undefined ? undefined : 'text')
    if (kind === undefined) return
    const open = this.#open('', this.#start)
    this.#content = new NestedContent(kind, '', this.#nesting, open, this.#declared)
    for (let i = 0; i < this.#headLength; i++) this.#queue.add(this.#content, this.#head[i])
  }

  words(field: string, text: string, start: number, end: number): void {
    const content = new NestedContent('text', '', this.#nesting, this.#open(field, start), 'text')
    for (const byte of Buffer.from(text)) this.#queue.add(content, byte)
    this.#ended?.(end)
    this.#queue.end(content)
  }
}
