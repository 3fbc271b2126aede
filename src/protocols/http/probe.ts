import { Verdict } from '../protocol.ts'
import { limits } from './limits.ts'
import {
  METHOD_CONNECT,
  METHOD_GET,
  UNKNOWN_METHOD,
  beginsMethod,
  findMethod,
  isSharedMethod,
} from './methods.ts'
import { CR, LF, SP, TAB, TOKEN, equalsIgnoringCase, lowerCaseName, trimEnd } from './octets.ts'
import { StartVerdict, beginsTarget, strictResponseVerdict } from './start-verdict.ts'

const HTTP_1 = lowerCaseName('http/1.')

/**
 * Tells HTTP/1.x by the beginning of a direction; of which one does not matter, because a flow that was picked up in its
 * middle may have its ends the wrong way round. RTSP, SIP, ICAP and SSDP have HTTP's form but another version or
 * transport; ICY has its requests and other responses; HTTP/2 begins with a preface that is no HTTP/1 method.
 */
export function probeHttp(bytes: Uint8Array, start: number, end: number): Verdict {
  let i = start
  while (i < end && (bytes[i] === CR || bytes[i] === LF)) i++
  if (i === end) return end > start ? Verdict.maybe : Verdict.no
  const response = strictResponseVerdict(bytes, i, end)
  if (response === StartVerdict.yes) return Verdict.yes
  return response === StartVerdict.maybe ? Verdict.maybe : probeRequest(bytes, i, end)
}

function probeRequest(bytes: Uint8Array, start: number, end: number): Verdict {
  let i = start
  while (i < end && TOKEN[bytes[i]] === 1) i++
  if (i === end)
    return beginsMethod(bytes, start, end) || mayBeMethod(bytes, start, end) ? Verdict.maybe : Verdict.no
  if (bytes[i] !== SP || !mayBeMethod(bytes, start, i)) return Verdict.no
  const method = findMethod(bytes, start, i)
  const target = i + 1
  if (target === end) return Verdict.maybe
  if (method !== METHOD_CONNECT && !beginsTarget(bytes[target])) return Verdict.no
  const lineEnd = findLineEnd(bytes, target, end)
  if (lineEnd >= 0) return probeLine(bytes, method, target, lineEnd)
  return probeTarget(bytes, method, target, end)
}

/** Methods are in capitals, those of products may have marks. */
function mayBeMethod(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > limits.methodBytes) return false
  for (let i = start; i < end; i++) if (bytes[i] >= 0x61 && bytes[i] <= 0x7a) return false
  return bytes[start] >= 0x41 && bytes[start] <= 0x5a
}

function findLineEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  while (i < end && bytes[i] !== LF) i++
  return i < end ? i : -1
}

/** The line is whole: it ends in a version, or is a request of HTTP/0.9, or is not HTTP's. */
function probeLine(bytes: Uint8Array, method: number, target: number, lf: number): Verdict {
  const lineEnd = trimEnd(bytes, target, lf)
  let last = lineEnd
  while (last > target && bytes[last - 1] !== SP && bytes[last - 1] !== TAB) last--
  if (lineEnd - last > HTTP_1.length && equalsIgnoringCase(bytes, last, HTTP_1)) return Verdict.yes
  return method === METHOD_GET && last === target && isPrintable(bytes, target, lineEnd)
    ? Verdict.yes
    : Verdict.no
}

/** The line is not whole: a target long enough, after a method that only HTTP has, will do. */
function probeTarget(bytes: Uint8Array, method: number, target: number, end: number): Verdict {
  if (!isPrintable(bytes, target, end)) return Verdict.no
  if (method === UNKNOWN_METHOD || isSharedMethod(method)) return Verdict.maybe
  return end - target >= limits.probedTargetBytes ? Verdict.yes : Verdict.maybe
}

function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] < SP && bytes[i] !== CR) return false
  return true
}
