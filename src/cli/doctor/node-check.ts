import { type Check, limited, ok } from './check.ts'

/** Until when a line of Node gets security fixes; from the Node.js release schedule. */
const supportedUntil: Record<number, string> = { 24: '2028-04-30', 26: '2029-04-30' }

/** @param version as in `process.versions.node`; that it is new enough is known, since this runs */
export function checkNode(version: string, now: Date): Check {
  const found = `Node ${version}`
  const until = supportedUntil[Number(version.split('.', 1)[0])]
  if (until === undefined) {
    return limited('node', {
      found: `${found}, which is not a long-term release that Pavise is tested on`,
      costs: 'Nobody has tried Pavise on it.',
      nextStep: `Use Node ${Object.keys(supportedUntil).join(' or ')}; npm ci brings the right one.`,
    })
  }
  if (now > new Date(until)) {
    return limited('node', {
      found: `${found}, without security fixes since ${until}`,
      costs: 'Known flaws in Node stay open.',
      nextStep: 'Update Pavise, which brings a newer Node.',
    })
  }
  return ok('node', `${found}, security fixes until ${until}`)
}
