import { Verdict } from '../protocol.ts'
import { FRAME_HEADER_BYTES, FrameFlag, FrameHeader, FrameType, mayBeginHeader, PREFACE } from './frames.ts'
import { limits } from './limits.ts'

const FRAME = new FrameHeader()
/** Identifiers of settings in use: 1 to 6 (RFC 9113 section 6.5.2), 8 (RFC 8441), 9 (RFC 9218), and some of products above. */
const KNOWN_SETTINGS = 9
const SETTING_BYTES = 6
/** Settings in one frame at most, of those that begin a connection. */
const FIRST_SETTINGS = 10

/**
 * Tells HTTP/2 by the preface of its client, by the SETTINGS that its server begins with, or, where the beginning was not seen,
 * by frames that follow each other.
 */
export function probeHttp2(bytes: Uint8Array, start: number, end: number): Verdict {
  if (bytes[start] === PREFACE[0]) return probePreface(bytes, start, end)
  let at = start
  for (let frames = 0; frames < limits.probedFrames; frames++) {
    if (end - at < FRAME_HEADER_BYTES) return mayBeginHeader(bytes, at, end) ? Verdict.maybe : Verdict.no
    FRAME.read(bytes, at)
    if (!FRAME.isPlausible) return Verdict.no
    if (frames === 0 && isFirstSettings()) return probeSettings(bytes, at, end)
    at += FRAME_HEADER_BYTES + FRAME.length
  }
  return Verdict.yes
}

function probePreface(bytes: Uint8Array, start: number, end: number): Verdict {
  const length = Math.min(end - start, PREFACE.length)
  for (let i = 0; i < length; i++) if (bytes[start + i] !== PREFACE[i]) return Verdict.no
  return length < PREFACE.length ? Verdict.maybe : Verdict.yes
}

/** Settings that say something: without any, three frames have to tell. */
function isFirstSettings(): boolean {
  return FRAME.type === FrameType.settings && !FRAME.has(FrameFlag.ack) && FRAME.length > 0
}

function probeSettings(bytes: Uint8Array, at: number, end: number): Verdict {
  if (FRAME.length > FIRST_SETTINGS * SETTING_BYTES) return Verdict.no
  const last = at + FRAME_HEADER_BYTES + FRAME.length
  for (let i = at + FRAME_HEADER_BYTES; i + 1 < Math.min(last, end); i += SETTING_BYTES)
    if (bytes[i] === 0 && (bytes[i + 1] === 0 || bytes[i + 1] > KNOWN_SETTINGS)) return Verdict.no
  return end < last ? Verdict.maybe : Verdict.yes
}
