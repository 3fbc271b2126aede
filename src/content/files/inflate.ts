import zlib from 'node:zlib'
import type { Budget } from './budget.ts'
import { limits } from './limits.ts'

const NOTHING = Buffer.alloc(0)

/**
 * Inflates raw deflate (RFC 1951) in `bytes[start, end)`; what follows its end is left. Of what is damaged, cut or too much, the
 * beginning.
 */
export function inflate(bytes: Uint8Array, start: number, end: number, budget: Budget): Buffer {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.max(0, end - start))
  if (input.length === 0) return NOTHING
  const whole = attempt(input, budget)
  if (typeof whole !== 'string') return whole
  budget.problems.add(whole)
  return beginning(input, budget)
}

/** What is merely cut gives what there is. */
function attempt(input: Buffer, budget: Budget): Buffer | 'limit' | 'damaged' {
  const atMost = Math.max(limits.ratioFromBytes, input.length * limits.ratio)
  const maxOutputLength = Math.min(budget.decodedBytes, atMost)
  if (maxOutputLength === 0) return 'limit'
  try {
    const output = zlib.inflateRawSync(input, { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH })
    budget.decoded(output.length)
    return output
  } catch (error) {
    const isTooMuch = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
    // How far it came before it was found to be damaged is not told.
    budget.decoded(isTooMuch ? maxOutputLength : Math.min(maxOutputLength, 2 * input.length))
    return isTooMuch ? 'limit' : 'damaged'
  }
}

/** The native decoder gives nothing of an input that it fails on: the longest beginning that it does not fail on is looked for. */
function beginning(input: Buffer, budget: Budget): Buffer {
  let best: Buffer = NOTHING
  let bad = input.length
  for (let good = 0; bad - good > limits.damagedStepBytes;) {
    const middle = (good + bad) >>> 1
    const output = attempt(input.subarray(0, middle), budget)
    if (typeof output === 'string') bad = middle
    else {
      good = middle
      best = output
    }
    if (budget.decodedBytes === 0) break
  }
  return best
}
