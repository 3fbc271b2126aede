import type { FieldTracker } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { NameStack } from './name-stack.ts'
import { RecordStack } from './record-stack.ts'

const State = {
  text: 0,
  open: 1,
  name: 2,
  tag: 3,
  attribute: 4,
  quoted: 5,
  close: 6,
  skip: 7,
  afterAttribute: 8,
} as const

/** Elements that never have an end tag in HTML (WHATWG HTML section 13.1.2). */
const VOID = [
  'br',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'area',
  'base',
  'col',
  'embed',
  'source',
  'track',
  'wbr',
]

/**
 * XML and HTML. Fields are paths of element names, `/order/customer/iban`, an attribute with `@`. Namespaces' prefixes
 * stay as they are written. Comments and declarations have no field of their own.
 */
export class XmlTracker implements FieldTracker {
  readonly #names = new NameStack()
  readonly #records = new RecordStack()
  readonly #attribute = new NameStack()
  readonly #html: boolean
  #state: number = State.text
  #quote = 0
  #slash = false

  constructor(html: boolean) {
    this.#html = html
    this.reset()
  }

  reset(): void {
    this.#names.clear()
    this.#records.clear()
    this.#attribute.clear()
    this.#attribute.push()
    this.#state = State.text
    this.#slash = false
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let i = start
    while (i < end) {
      if (this.#state === State.text) {
        while (i < end && bytes[i] !== 0x3c) i++
        if (i === end) return
        this.#state = State.open
        i++
      } else {
        this.#inTag(bytes, i++)
      }
    }
  }

  #inTag(bytes: Uint8Array, at: number): void {
    const c = bytes[at]
    if (this.#state === State.quoted) {
      if (c === this.#quote) this.#state = State.tag
    } else if (c === 0x3e) {
      this.#endTag()
    } else if (this.#state === State.open) {
      this.#openTag(bytes, at)
    } else if (this.#state === State.name) {
      this.#inName(bytes, at)
    } else if (
      this.#state === State.tag ||
      this.#state === State.attribute ||
      this.#state === State.afterAttribute
    ) {
      this.#inAttributes(bytes, at)
    }
  }

  #openTag(bytes: Uint8Array, at: number): void {
    const c = bytes[at]
    if (c === 0x2f) this.#state = State.close
    else if (c === 0x21 || c === 0x3f) this.#state = State.skip
    else if (isNameByte(c)) {
      this.#names.push()
      this.#records.push()
      this.#names.append(bytes, at, at + 1)
      this.#slash = false
      this.#state = State.name
    } else this.#state = State.text
  }

  #inName(bytes: Uint8Array, at: number): void {
    if (isNameByte(bytes[at])) this.#names.append(bytes, at, at + 1)
    else {
      this.#slash = bytes[at] === 0x2f
      this.#state = State.tag
    }
  }

  #inAttributes(bytes: Uint8Array, at: number): void {
    const c = bytes[at]
    this.#slash = c === 0x2f
    if (c === 0x22 || c === 0x27) {
      this.#quote = c
      this.#state = State.quoted
    } else if (c === 0x3d) {
      this.#state = State.afterAttribute
    } else if (isNameByte(c) && this.#state !== State.afterAttribute) {
      if (this.#state === State.tag) this.#attribute.begin()
      this.#state = State.attribute
      this.#attribute.append(bytes, at, at + 1)
    } else if (c <= 0x20) {
      this.#state = State.tag
    }
  }

  #endTag(): void {
    const closes = this.#state === State.close
    const selfClosing = this.#state !== State.skip && !closes && (this.#slash || this.#isVoid())
    if ((closes || selfClosing) && this.#state !== State.open) {
      this.#names.pop()
      this.#records.pop()
    }
    this.#slash = false
    this.#state = State.text
  }

  #isVoid(): boolean {
    return this.#html && VOID.some((name) => this.#names.innermostIs(name))
  }

  /** An attribute stands in its element, a text in the element around its own. In HTML elements are layout. */
  record(): number {
    if (this.#html) return 0
    return this.#isInAttribute ? this.#records.innermost : this.#records.at(this.#names.depth - 1)
  }

  isInRecord(record: number): boolean {
    return this.#records.has(record)
  }

  get #isInAttribute(): boolean {
    return this.#state === State.quoted || this.#state === State.afterAttribute
  }

  field(): string {
    let path = ''
    for (let level = 0; level < this.#names.depth; level++) {
      const name = fieldName(this.#names.name(level))
      path += `/${name}`
      if (name === '…') break
    }
    return this.#isInAttribute ? `${path}/@${fieldName(this.#attribute.name(0))}` : path
  }
}

function isNameByte(c: number): boolean {
  return (
    (c >= 0x61 && c <= 0x7a) ||
    (c >= 0x41 && c <= 0x5a) ||
    (c >= 0x30 && c <= 0x39) ||
    c === 0x2d ||
    c === 0x5f ||
    c === 0x3a ||
    c === 0x2e ||
    c >= 0x80
  )
}
