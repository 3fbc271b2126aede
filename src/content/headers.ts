import { latin1 } from '../lib/bytes.ts'
import type { FieldTracker } from './field-tracker.ts'
import { fieldName } from './field-name.ts'
import { NameStack } from './name-stack.ts'

const State = { name: 0, value: 1, cookieName: 2, cookieValue: 3 } as const

/**
 * `Name: value` lines (RFC 9112 section 5, folded lines included). In `Cookie` and `Set-Cookie` the cookie's name is
 * the field (RFC 6265): `isCookie` tells them apart.
 */
export class HeadersTracker implements FieldTracker {
  readonly #names = new NameStack()
  #state: number = State.name
  #setCookie = false
  /** The last byte was a line feed: what follows is a new header, or a fold of this one. */
  #lineStart = true

  reset(): void {
    this.#names.clear()
    this.#names.push()
    this.#state = State.name
    this.#lineStart = true
  }

  /** Whether the position reached is inside a cookie. */
  get isCookie(): boolean {
    return this.#state >= State.cookieName
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const c = bytes[i]
      if (this.#lineStart && c !== 0x20 && c !== 0x09) this.#newHeader()
      this.#lineStart = c === 0x0a
      if (c === 0x0a || c === 0x0d) continue
      if (this.#state === State.name) this.#inName(bytes, i)
      else if (this.#state >= State.cookieName) this.#inCookie(bytes, i)
    }
  }

  #newHeader(): void {
    this.#names.clear()
    this.#names.push()
    this.#state = State.name
  }

  #inName(bytes: Uint8Array, at: number): void {
    if (bytes[at] !== 0x3a) {
      this.#names.append(bytes, at, at + 1)
      return
    }
    this.#setCookie = this.#names.innermostIs('set-cookie')
    if (this.#setCookie || this.#names.innermostIs('cookie')) {
      this.#state = State.cookieName
      this.#names.push()
    } else {
      this.#state = State.value
    }
  }

  #inCookie(bytes: Uint8Array, at: number): void {
    const c = bytes[at]
    if (this.#state === State.cookieName) {
      if (c === 0x3d) this.#state = State.cookieValue
      else if (c !== 0x20 && c !== 0x3b) this.#names.append(bytes, at, at + 1)
    } else if (c === 0x3b && !this.#setCookie) {
      this.#state = State.cookieName
      this.#names.begin()
    }
  }

  field(): string {
    const name = fieldName(this.#names.name(this.isCookie ? 1 : 0))
    return this.isCookie ? name : lowerCase(name)
  }
}

function lowerCase(name: string): string {
  const bytes = Buffer.from(name)
  return latin1(bytes, 0, bytes.length).toLowerCase()
}
