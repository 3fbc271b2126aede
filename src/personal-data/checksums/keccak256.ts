/**
 * Keccak-256 as Ethereum has it: the sponge of FIPS 202 with the padding of before that standard. Of texts that fit one block;
 * a lane of 64 bits is two halves of 32, the low one first.
 */
const lanes = 25
const rounds = 24
const rateBytes = 136
/** Longest text: one byte more is for the padding. */
export const keccakMostBytes: number = rateBytes - 1

const state = new Int32Array(2 * lanes)
const moved = new Int32Array(2 * lanes)
const parity = new Int32Array(10)

/** How far each lane is turned, and where it goes: section 3.2.2 and 3.2.3. */
const turns = new Uint8Array(lanes)
const places = new Uint8Array(lanes)
/** Bits that the last step adds to the first lane in each round: section 3.2.5. */
const roundConstants = new Int32Array(2 * rounds)

function prepare(): void {
  let [x, y] = [1, 0]
  for (let t = 0; t < lanes - 1; t++) {
    turns[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
  }
  for (let lane = 0; lane < lanes; lane++) {
    const [column, row] = [lane % 5, Math.floor(lane / 5)]
    places[lane] = row + 5 * ((2 * column + 3 * row) % 5)
  }
  // A shift register of eight bits gives the constants' bits 1, 2, 4, 8, 16, 32 and 64 in turn.
  let register = 1
  for (let round = 0; round < rounds; round++) {
    for (let j = 0; j <= 6; j++) {
      const bit = 2 ** j - 1
      if ((register & 1) === 1) roundConstants[2 * round + (bit >> 5)] ^= 1 << (bit & 31)
      register = (register << 1) ^ ((register >> 7) * 0x171)
    }
  }
}
prepare()

/** Writes the 32 bytes of the digest of `text[0, length)` to `out`. */
export function keccak256(text: Uint8Array, length: number, out: Uint8Array): void {
  state.fill(0)
  for (let i = 0; i < length; i++) absorb(i, text[i])
  absorb(length, 0x01)
  absorb(rateBytes - 1, 0x80)
  for (let round = 0; round < rounds; round++) {
    mixColumns()
    turnAndMove()
    combineRows()
    state[0] ^= roundConstants[2 * round]
    state[1] ^= roundConstants[2 * round + 1]
  }
  for (let i = 0; i < 32; i++) out[i] = state[i >> 2] >>> (8 * (i & 3))
}

function absorb(at: number, byte: number): void {
  state[at >> 2] ^= byte << (8 * (at & 3))
}

/** Theta: each lane takes the parity of two neighbouring columns. */
function mixColumns(): void {
  for (let i = 0; i < 10; i++)
    parity[i] = state[i] ^ state[i + 10] ^ state[i + 20] ^ state[i + 30] ^ state[i + 40]
  for (let x = 0; x < 5; x++) {
    const left = 2 * ((x + 4) % 5)
    const right = 2 * ((x + 1) % 5)
    const low = parity[left] ^ ((parity[right] << 1) | (parity[right + 1] >>> 31))
    const high = parity[left + 1] ^ ((parity[right + 1] << 1) | (parity[right] >>> 31))
    for (let i = 2 * x; i < 2 * lanes; i += 10) {
      state[i] ^= low
      state[i + 1] ^= high
    }
  }
}

/** Rho and pi. */
function turnAndMove(): void {
  for (let lane = 0; lane < lanes; lane++) {
    const isSwapped = turns[lane] >= 32
    const by = turns[lane] & 31
    const low = state[2 * lane + (isSwapped ? 1 : 0)]
    const high = state[2 * lane + (isSwapped ? 0 : 1)]
    const to = 2 * places[lane]
    moved[to] = by === 0 ? low : (low << by) | (high >>> (32 - by))
    moved[to + 1] = by === 0 ? high : (high << by) | (low >>> (32 - by))
  }
}

/** Chi: each half takes two of its row. */
function combineRows(): void {
  for (let row = 0; row < 2 * lanes; row += 10) {
    for (let i = 0; i < 10; i++)
      state[row + i] = moved[row + i] ^ (~moved[row + ((i + 2) % 10)] & moved[row + ((i + 4) % 10)])
  }
}
