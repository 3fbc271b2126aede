import { type HandOver, openHandOver } from './hand-over.ts'
import { type Checkpoint, openNote, parseCheckpoint, type Verifier, verifierLine } from './signed-note.ts'

/** The keys of a ledger, each for the sizes of the tree that it may sign. */
export class KeyChain {
  readonly #keys: readonly { key: Verifier; from: number; to: number }[]

  private constructor(first: Verifier, handOvers: readonly HandOver[]) {
    this.#keys = [first, ...handOvers.map(({ to }) => to)].map((key, i) => ({
      key,
      from: handOvers[i - 1]?.size ?? 0,
      to: handOvers[i]?.size ?? Infinity,
    }))
  }

  /**
   * @param known a key that is trusted: the first, or any that came later
   * @param notes all hand-overs from the first key on
   * @returns undefined where they are not signed, do not follow from each other, or are not those of the key
   */
  static of(known: Verifier, notes: readonly string[]): KeyChain | undefined {
    const handOvers: HandOver[] = []
    for (const note of notes) {
      const next = openHandOver(note)
      const last = handOvers.at(-1)
      if (next === undefined || (last !== undefined && !follows(last, next))) return undefined
      handOvers.push(next)
    }
    const chain = new KeyChain(handOvers[0]?.from ?? known, handOvers)
    return chain.#keys.some(({ key }) => isSame(key, known)) ? chain : undefined
  }

  get keys(): readonly Verifier[] {
    return this.#keys.map(({ key }) => key)
  }

  /** Those that may sign a tree of so many entries. */
  at(size: number): readonly Verifier[] {
    return this.#keys.filter(({ from, to }) => from <= size && size <= to).map(({ key }) => key)
  }

  /** A head that the key of its time has signed; undefined otherwise. */
  openHead(note: string): Checkpoint | undefined {
    const head = parseCheckpoint(openNote(note, this.keys) ?? '')
    return head !== undefined && openNote(note, this.at(head.size)) !== undefined ? head : undefined
  }
}

function follows(last: HandOver, next: HandOver): boolean {
  return isSame(last.to, next.from) && last.origin === next.origin && last.size <= next.size
}

function isSame(a: Verifier, b: Verifier): boolean {
  return verifierLine(a) === verifierLine(b)
}
