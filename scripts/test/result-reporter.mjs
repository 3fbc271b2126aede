/**
 * A reporter of node:test that writes a line of JSON for each test that was skipped, and one for the counts.
 *
 * @typedef {{ kind: 'skip', name: string, file: string, reason: string }} Skip
 * @typedef {{ kind: 'counts', counts: Record<string, number> }} Counts
 *
 * @param {import('node:test').TestsStream} events
 */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.skip !== undefined) {
      const reason = typeof data.skip === 'string' ? data.skip : ''
      yield `${JSON.stringify({ kind: 'skip', name: data.name, file: data.file, reason })}\n`
    }
    // That of a file comes besides, where each file has its process.
    if (type === 'test:summary' && data.file === undefined)
      yield `${JSON.stringify({ kind: 'counts', counts: data.counts })}\n`
  }
}
