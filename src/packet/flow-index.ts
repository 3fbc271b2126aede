import type { FlowKey } from './flow-key.ts'
import { KEY_WORDS } from './flow-key.ts'
import { FLOW_WORDS, FlowWord, type FlowRecords } from './flow-records.ts'

/** A slot's upper 8 bits repeat those of the hash, so that most strangers are told without a look at their record. */
const TAG_MASK = 0xff000000
const FLOW_MASK = 0x00ffffff

/** Flows are numbered from 1 in 24 bits of a slot. */
export const MAX_INDEXED_FLOWS = FLOW_MASK - 1

/**
 * Open addressing with linear probing from key to flow, at most half full. Removal moves what follows back, so there
 * are no tombstones and a search ends at the first empty slot.
 */
export class FlowIndex {
  readonly #records: FlowRecords
  #slots: Int32Array
  #mask: number

  constructor(records: FlowRecords) {
    this.#records = records
    this.#slots = new Int32Array(slotsFor(records.capacity))
    this.#mask = this.#slots.length - 1
  }

  /** The flow with this key, whose hash is `hash`, or -1. */
  find(key: FlowKey, hash: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const tag = hash & TAG_MASK
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at]
      if (slot === 0) return -1
      if ((slot & TAG_MASK) !== tag) continue
      const flow = (slot & FLOW_MASK) - 1
      if (this.matches(flow, key)) return flow
    }
  }

  /** Adds a flow whose key and hash are in its record, and which is not there yet. */
  add(flow: number): void {
    if (this.#slots.length < slotsFor(this.#records.capacity)) this.#grow()
    this.#put(flow)
  }

  remove(flow: number): void {
    const slots = this.#slots
    const mask = this.#mask
    let hole = this.#hash(flow) & mask
    while ((slots[hole] & FLOW_MASK) !== flow + 1) hole = (hole + 1) & mask
    for (let at = (hole + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const home = this.#hash((slots[at] & FLOW_MASK) - 1) & mask
      // It may stand in the hole unless that lies before its home.
      if (((at - home) & mask) < ((at - hole) & mask)) continue
      slots[hole] = slots[at]
      hole = at
    }
    slots[hole] = 0
  }

  matches(flow: number, key: FlowKey): boolean {
    const { words } = this.#records
    const at = flow * FLOW_WORDS
    for (let i = 0; i < KEY_WORDS; i++) {
      if (words[at + i] !== key.words[i]) return false
    }
    return true
  }

  #hash(flow: number): number {
    return this.#records.words[flow * FLOW_WORDS + FlowWord.hash]
  }

  #put(flow: number): void {
    const slots = this.#slots
    const hash = this.#hash(flow)
    let at = hash & this.#mask
    while (slots[at] !== 0) at = (at + 1) & this.#mask
    slots[at] = (hash & TAG_MASK) | (flow + 1)
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(slotsFor(this.#records.capacity))
    this.#mask = this.#slots.length - 1
    for (let i = 0; i < old.length; i++) {
      if (old[i] !== 0) this.#put((old[i] & FLOW_MASK) - 1)
    }
    // Given back at once, not when the collector comes by.
    ;(old.buffer as ArrayBuffer).transfer(0)
  }
}

/** At least twice as many slots as flows, a power of two. */
function slotsFor(flows: number): number {
  return 2 ** Math.ceil(Math.log2(flows * 2))
}
