import type { FindingSink, PersonalDataDetector } from '../../src/personal-data/detector.ts'

/** What a test wants to know of a finding. */
export interface Found {
  id: string
  start: number
  end: number
  confidence: number
  text: string
}

/** Collects findings of a content whose field is the same throughout; `cuts` are sizes of writes, whole if there are none. */
export function detectAll(
  detector: PersonalDataDetector,
  text: string | Uint8Array,
  field = '',
  cuts: number[] = [],
): Found[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const found: Found[] = []
  const sink: FindingSink = {
    pass: () => undefined,
    field: () => field,
    found: ({ recogniser, confidence, bytes: seen, start, end, offset }) => {
      const value = Buffer.from(seen.slice(start, end)).toString()
      found.push({ id: recogniser.id, start: offset, end: offset + end - start, confidence, text: value })
    },
  }
  if (cuts.length === 0) {
    detector.detect(bytes, 0, bytes.length, sink)
    return found
  }
  const stream = detector.createStream()
  let at = 0
  for (const cut of cuts) {
    const end = Math.min(bytes.length, at + cut)
    stream.write(bytes, at, end, sink)
    at = end
  }
  stream.write(bytes, at, bytes.length, sink)
  stream.close(sink)
  return found
}
