import type { MessageBuffers } from './buffers.ts'
import { signatureLimits } from './limits.ts'
import type { BufferTest, BufferTests, ContentTest, DataTest, PatternTest, Signature } from './signature.ts'

/** Whether rules match a message, each with as much work as `signatureLimits.passes` allows. */
export class SignatureMatcher {
  /** Rules that were given up on a message: there was too much to try. */
  gaveUp = 0
  #text = ''
  #lower = ''
  /** Characters that it may yet look through. */
  #work = 0

  matches({ buffers }: Signature, message: MessageBuffers): boolean {
    return buffers.every((tests) => {
      const isMatch = this.#buffer(tests, message)
      if (this.#work < 0) this.gaveUp++
      return isMatch && this.#work >= 0
    })
  }

  /** One that is not there has nothing in it: only what must not be is met. */
  #buffer({ buffer, transforms, tests }: BufferTests, message: MessageBuffers): boolean {
    const raw = message.get(buffer)
    this.#work = 0
    if (raw === undefined) return tests.every((test) => 'isNegated' in test && test.isNegated)
    this.#text = transforms.reduce((text, transform) => transform(text), raw)
    this.#lower = message.lower(this.#text)
    this.#work = signatureLimits.work + signatureLimits.passes * this.#text.length
    return this.#from(tests, 0, 0)
  }

  /** @param behind - where the content before ends */
  #from(tests: readonly BufferTest[], index: number, behind: number): boolean {
    if (index === tests.length) return true
    const test = tests[index]
    if (test.kind === 'content' && !test.isNegated) return this.#places(test, tests, index, behind)
    return this.#holds(test, behind) && this.#from(tests, index + 1, behind)
  }

  #holds(test: BufferTest, behind: number): boolean {
    switch (test.kind) {
      case 'content':
        return this.#next(test, this.#windowOf(test, behind)) < 0
      case 'pattern':
        return this.#hasPattern(test, behind)
      case 'length':
        return test.least <= this.#text.length && this.#text.length <= test.most
      case 'data':
        return this.#hasData(test, behind)
    }
  }

  /** Each place at which a content stands is tried, as long as what comes behind goes by it. */
  #places(test: ContentTest, tests: readonly BufferTest[], index: number, behind: number): boolean {
    const window = this.#windowOf(test, behind)
    const isGoneBy = goesByBefore(tests[index + 1])
    for (;;) {
      const at = this.#next(test, window)
      if (at < 0) return false
      if (this.#from(tests, index + 1, at + test.text.length)) return true
      if (!isGoneBy) return false
      window.start = at + 1
    }
  }

  #next({ text, ignoresCase, isLast }: ContentTest, { start, end }: Window): number {
    const within = ignoresCase ? this.#lower : this.#text
    if (this.#work < 0 || start < 0 || start + text.length > end) return -1
    if (isLast) {
      const at = within.length - text.length
      return at >= start && within.length <= end && within.endsWith(text) ? at : -1
    }
    // Not beyond `end`: to look there is work for nothing.
    const seen = end === within.length ? within : within.slice(0, end)
    const at = seen.indexOf(text, start)
    this.#work -= (at < 0 ? end : at + text.length) - start + 1
    return at
  }

  #windowOf({ offset, depth, relative }: ContentTest, behind: number): Window {
    const { length } = this.#text
    if (relative === undefined)
      return { start: offset, end: depth === undefined ? length : Math.min(length, offset + depth) }
    const { distance, within } = relative
    const start = Math.max(0, behind + distance)
    return { start, end: within === undefined ? length : Math.min(length, behind + distance + within) }
  }

  #hasPattern({ pattern, isNegated, isRelative }: PatternTest, behind: number): boolean {
    this.#work -= this.#text.length
    if (this.#work < 0) return isNegated
    const text = isRelative ? this.#text.slice(behind) : this.#text
    return (pattern.match(text, false) !== undefined) !== isNegated
  }

  #hasData({ at, isRelative, isNegated }: DataTest, behind: number): boolean {
    return this.#text.length >= at + (isRelative ? behind : 0) !== isNegated
  }
}

interface Window {
  start: number
  end: number
}

/** Whether a test goes by where the content before it ended. */
export function goesByBefore(test: BufferTest | undefined): boolean {
  if (test === undefined) return false
  if (test.kind === 'content') return test.relative !== undefined
  return test.kind !== 'length' && test.isRelative
}
