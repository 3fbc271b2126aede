import { readFileSync, statSync } from 'node:fs'
import { corporaCaptures } from '../../support/corpora.ts'
import { exchanges } from './conversations.ts'
import { damage, damageExchange, damageFrames } from './mutations.ts'
import { type Frame, framesOf, toCapture, toFrames } from './packets.ts'
import { Random } from './random.ts'

/** Captures of the corpora larger than this are left out: a case is to take milliseconds. */
const CORPUS_BYTES = 16_384
const CASE_FRAMES = 120

export interface Case {
  capture: Uint8Array
  /** What it began as, for whoever looks into it. */
  from: string
}

/** Makes cases by number: the same number and seed give the same case, whatever was made before. */
export class Cases {
  readonly #seed: number
  readonly #files = corporaCaptures().filter((file) => statSync(file).size <= CORPUS_BYTES)
  readonly #frames = new Map<string, Frame[]>()

  constructor(seed: number) {
    this.#seed = seed
  }

  make(number: number): Case {
    const random = new Random(Math.imul(this.#seed, 0x9e37_79b1) ^ Math.imul(number, 0x85eb_ca6b))
    const first = this.#origin(random)
    const second = random.chance(4) ? this.#origin(random) : undefined
    const frames = second === undefined ? first.frames : splice(first.frames, second.frames, random)
    const damaged = damageFrames(frames, random).slice(0, CASE_FRAMES)
    const capture = toCapture(damaged, random.chance(2))
    return {
      capture: random.chance(5) ? damage(capture, random, 1 + random.below(3)) : capture,
      from: [first.name, second?.name].filter((name) => name !== undefined).join(' and '),
    }
  }

  #origin(random: Random): { name: string; frames: Frame[] } {
    if (this.#files.length > 0 && random.chance(3)) {
      const file = random.pick(this.#files)
      return { name: file, frames: this.#read(file) }
    }
    const exchange = random.pick(exchanges)
    const said = random.chance(3) ? exchange : damageExchange(exchange, random)
    return { name: exchange.name, frames: toFrames(said, random) }
  }

  #read(file: string): Frame[] {
    let frames = this.#frames.get(file)
    if (frames === undefined)
      this.#frames.set(file, (frames = framesOf(readFileSync(file)).slice(0, CASE_FRAMES)))
    return frames
  }
}

/** One after the other, or their frames in turns. */
function splice(a: readonly Frame[], b: readonly Frame[], random: Random): Frame[] {
  const cut = random.below(a.length + 1)
  if (random.chance(2)) return [...a.slice(0, cut), ...b.slice(random.below(b.length + 1))]
  const rest = [...b]
  return [...a.flatMap((frame) => (random.chance(2) ? [frame, ...rest.splice(0, 1)] : [frame])), ...rest]
}
