import type { PersonalDataDetector } from '../../src/personal-data/detector.ts'
import { inspectConnection, request, segmentsOf } from './inspected-connection.ts'

/** What was found in the body of a request that comes in segments of some bytes: identifier, place with field, count. */
export function fieldsInBody(
  detector: PersonalDataDetector,
  mediaType: string,
  body: Uint8Array | string,
  segmentBytes: number,
): string[] {
  const segments = segmentsOf(request(mediaType, body), segmentBytes)
  const { findings } = inspectConnection(detector, segments, 80)
  return findings.map(({ identifier, field, count }) => `${identifier} ${field} ${count}`).sort()
}
