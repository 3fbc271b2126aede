import { limits } from '../limits.ts'
import { isWordCode } from '../../characters.ts'
import type { Node, Pattern } from './syntax.ts'

/** Goes on behind what was matched; false where it does not match from there. */
type Next = (at: number) => boolean

/** Tries from `at`, and hands each way of matching to what comes next. */
type Step = (at: number, next: Next) => boolean

/** Repeats of more than one byte are tried one within the other: so deep, and not deeper. */
const DEPTH = 500

/** Given up: there are too many ways to try. */
class TooManySteps extends Error {}

/** Matches as Perl does, by trying one way after the other, within `limits.patternSteps`. */
export class BacktrackingPattern implements Pattern {
  readonly isLinear = false
  gaveUp = 0
  readonly #step: Step
  readonly #groupCount: number
  #text = ''
  #starts: number[] = []
  #ends: number[] = []
  #steps = 0
  #depth = 0

  constructor({ node, groups }: { node: Node; groups: number }) {
    this.#step = this.#compile(node)
    this.#groupCount = groups
  }

  match(text: string, groups: boolean): readonly string[] | undefined {
    this.#text = text
    this.#steps = limits.patternSteps
    this.#depth = 0
    try {
      for (let start = 0; start <= text.length; start++) {
        this.#starts = Array.from({ length: this.#groupCount + 1 }, () => -1)
        this.#ends = [...this.#starts]
        let end = -1
        const isMatch = this.#step(start, (at) => {
          end = at
          return true
        })
        if (isMatch) return groups ? this.#groups(start, end) : []
      }
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error
      this.gaveUp++
    } finally {
      this.#text = ''
    }
    return undefined
  }

  #groups(start: number, end: number): string[] {
    this.#starts[0] = start
    this.#ends[0] = end
    return this.#starts.map((from, group) => (from < 0 ? '' : this.#text.slice(from, this.#ends[group])))
  }

  #count(): void {
    if (--this.#steps < 0) throw new TooManySteps()
  }

  #compile(node: Node): Step {
    switch (node.kind) {
      case 'byte':
        return (at, next) => {
          this.#count()
          return at < this.#text.length && node.is[this.#text.charCodeAt(at) & 0xff] === 1 && next(at + 1)
        }
      case 'sequence':
        return this.#sequence(node.items.map((item) => this.#compile(item)))
      case 'choice': {
        const options = node.options.map((option) => this.#compile(option))
        return (at, next) => options.some((option) => option(at, next))
      }
      case 'repeat':
        return node.item.kind === 'byte'
          ? this.#byteRepeat(node.item.is, node)
          : this.#repeat(this.#compile(node.item), node)
      case 'group':
        return this.#group(this.#compile(node.item), node.index)
      case 'atomic':
        return this.#atomic(this.#compile(node.item))
      case 'back':
        return (at, next) => this.#back(node, at, next)
      case 'look':
        return this.#look(node)
      case 'place':
        return (at, next) => this.#isAt(node.is, at) && next(at)
    }
  }

  #sequence(items: readonly Step[]): Step {
    return items.reduceRight<Step>(
      (rest, item) => (at, next) => item(at, (behind) => rest(behind, next)),
      (at, next) => next(at),
    )
  }

  /** Without going deeper at each byte. */
  #byteRepeat(is: Uint8Array, { min, max, how }: Node & { kind: 'repeat' }): Step {
    return (at, next) => {
      const text = this.#text
      const most = Math.min(max, text.length - at)
      const fits = (count: number) => {
        this.#count()
        return count < most && is[text.charCodeAt(at + count) & 0xff] === 1
      }
      let count = 0
      if (how === 'lazy') {
        while (count < min) if (!fits(count++)) return false
        for (;;) {
          if (next(at + count)) return true
          if (!fits(count++)) return false
        }
      }
      while (fits(count)) count++
      if (how === 'possessive') return count >= min && next(at + count)
      for (; count >= min; count--) {
        this.#count()
        if (next(at + count)) return true
      }
      return false
    }
  }

  #repeat(item: Step, { min, max, how }: Node & { kind: 'repeat' }): Step {
    const turn = (count: number, at: number, next: Next): boolean => {
      this.#count()
      if (++this.#depth > DEPTH) throw new TooManySteps()
      const again = () =>
        // A turn that takes nothing would go on for ever.
        count < max && item(at, (behind) => (behind > at || count < min) && turn(count + 1, behind, next))
      const isMatch =
        how === 'lazy' ? (count >= min && next(at)) || again() : again() || (count >= min && next(at))
      this.#depth--
      return isMatch
    }
    const whole: Step = (at, next) => turn(0, at, next)
    return how === 'possessive' ? this.#atomic(whole) : whole
  }

  #group(item: Step, index: number): Step {
    return (at, next) => {
      const [start, end] = [this.#starts[index], this.#ends[index]]
      const isMatch = item(at, (behind) => {
        const [ownStart, ownEnd] = [this.#starts[index], this.#ends[index]]
        this.#starts[index] = at
        this.#ends[index] = behind
        if (next(behind)) return true
        this.#starts[index] = ownStart
        this.#ends[index] = ownEnd
        return false
      })
      if (!isMatch) [this.#starts[index], this.#ends[index]] = [start, end]
      return isMatch
    }
  }

  #atomic(item: Step): Step {
    return (at, next) => {
      let end = -1
      const isMatch = item(at, (behind) => {
        end = behind
        return true
      })
      return isMatch && next(end)
    }
  }

  #back({ index, ignoreCase }: Node & { kind: 'back' }, at: number, next: Next): boolean {
    this.#count()
    if ((this.#starts[index] ?? -1) < 0) return false
    const said = this.#text.slice(this.#starts[index], this.#ends[index])
    const here = this.#text.slice(at, at + said.length)
    const isSame = ignoreCase ? here.toLowerCase() === said.toLowerCase() : here === said
    return isSame && next(at + said.length)
  }

  #look({ item, isBehind, isNegated }: Node & { kind: 'look' }): Step {
    const step = this.#compile(item)
    const isThere = (at: number): boolean => {
      if (!isBehind) return step(at, () => true)
      for (let start = at; start >= 0; start--) {
        this.#count()
        if (step(start, (end) => end === at)) return true
      }
      return false
    }
    return (at, next) => isThere(at) !== isNegated && next(at)
  }

  #isAt(place: (Node & { kind: 'place' })['is'], at: number): boolean {
    const text = this.#text
    switch (place) {
      case 'start':
        return at === 0
      case 'end':
        return at === text.length
      case 'line-start':
        return at === 0 || text[at - 1] === '\n'
      case 'line-end':
        return at === text.length || text[at] === '\n'
      default: {
        const isBoundary = isWordCode(text.charCodeAt(at - 1)) !== isWordCode(text.charCodeAt(at))
        return isBoundary === (place === 'word')
      }
    }
  }
}
