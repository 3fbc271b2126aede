import { threats } from './catalogue.ts'
import { realTools } from './real-tools.ts'
import type { ThreatDefinition } from './threat.ts'

const heading = `# Threats

What is looked for in packets, connections and protocols. Made from \`src/threats/table/\` by \`scripts/threats-document.ts\`; a test holds
it against the code. Numbers below 3000, with their names and severities, are NeuVector's; whether one is looked for by default is as there, but
where a line of the notes below says otherwise.

Each is a record of type \`threat\`: who did it to whom, how often, what was measured against which threshold, how sure that is. It is told
of once, and again while it grows. \`pavise inspect\` shows them, \`pavise up\` as they happen, \`/api/v1/threats\` what is kept.

Each is played packet by packet in the tests beside its detector, with a benign twin. \`seen by\` names the real tool that makes it besides, in namespaces, in
\`test/threats\`.

| id | name | severity | by default | told of from | ATT&CK | stage | confidence | seen by |
|---|---|---|---|---|---|---|---|---|`

const notes = `
## Notes

- A threshold counts for each target, source or pair. Where the connections of a namespace are spread over several workers of an enforcer, each
  has its share of them, and of the thresholds that are counted in connections.
- 2015 and 2016 are on, other than there: they are told of when many connections are slow at once, which no single slow reader is.
- \`--threat ID=VALUE\` of \`pavise inspect\`, \`up\` and \`enforcer\` switches one on or off, or gives it another threshold: \`1002=off\`, \`3011=50/120\` for fifty
  within 120 seconds. While they run, \`PATCH /api/v1/detection\` does the same for all enforcers, with a reason that is in the history of the
  policy and in the audit log: what is said there goes before what one was started with, and what was counted stays.
- 2022 and 2023 are attacks in content, which are told of as \`attack\` as well, with their reasons; 2022 is in statements to databases, as there. Where attacks are cut
  that is cut; 2022 by itself keeps nobody out, for its source is the application.
- 2026 sees both ends: a SYN that leaves one workload of the node for an address outside and comes to another. A public address of the cluster's own that leads
  back into it, as of a load balancer, looks the same, so it is reported and not blocked: other than there. Where connections are spread over several workers, those whose two halves are read
  by the same one are seen.
- 3033 goes by how servers refuse in the clear, and by SSH connections that end before there is room for more than a few tries in them.
- 3035 is as well two servers that share a range of addresses on purpose; of it the same holds of several workers.
- \`kind: Protection\` with \`thresholds: [1002=50, TCP.Port.Scan=off, 2003=on]\` says so for its groups, while everything runs: where two groups of a workload say something of one, it is the more sensitive that holds. In
  which time something is counted is the same for all.
- 3027 needs ARP, which captures have; live it is not read.
- 3025 knows no list of what is harmless: an updater that asks at even intervals is told of as well, with a confidence that says so.
- \`blocked\`: in a group that is in Protect its packets are not forwarded, unless \`kind: Protection\` says otherwise: \`threats: report\`,
  \`threats: block\` for all that are looked for, or a list of names and ids, \`threats: [TCP.Port.Scan, 3022]\`. Its connection is reset; of a flood from
  whomever the packets beyond the threshold are dropped. Whoever it comes from begins no connection with that peer, or with anybody where it scans, for
  60 seconds; connections that were there before go on, for an address may be forged. The record says \`blocked\`, and a violation with the
  criterion \`threat\` says who was kept out.
- 3031 and 3032 learn each host for a day before they tell of anything, in the memory of the process: after a start it is learned anew. What 3032 counts is
  values of personal data, as findings do, in hours that begin with a host's first; the most of an hour before fades by 2 % an hour, and is 100 at least.
- 3028 to 3030 read HTTP/2 in the clear.
- A source address may be forged: it says who the packets claimed to come from.
`

/** docs/reference/threats.md */
export function threatsDocument(): string {
  const all: readonly ThreatDefinition[] = Object.values(threats)
  const rows = all.toSorted((a, b) => a.id - b.id).map(rowOf)
  return [heading, ...rows, notes].join('\n')
}

function rowOf({
  id,
  name,
  severity,
  on,
  measure,
  technique,
  stage,
  confidence,
  isBlocked,
}: ThreatDefinition): string {
  const { unit, threshold, seconds, isAtMost } = measure
  const window = seconds === undefined ? '' : ` in ${seconds} s`
  const from = `${isAtMost === true ? 'at most ' : ''}${threshold} ${unit}${window}`
  const usual = on ? (isBlocked === true ? 'on, blocked' : 'on') : 'off'
  const cells = [id, name, severity, usual, from, technique, stage, confidence, realTools[name] ?? '']
  return `| ${cells.join(' | ')} |`
}
