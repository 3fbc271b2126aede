/** Bounds of the engine. Each hit is counted in the summary under the name given here. */
export const limits = {
  /** First bytes of a direction that are kept while its protocol is not known; beyond it the flow stays `unknown`. */
  probeBytes: 2048,
  /** Protocols inside each other on one connection (CONNECT, STARTTLS, SSLRequest, upgrades). */
  handovers: 4,
  /** Distinct findings (identifier, direction, field) of one flow; further ones add to the field `…`. */
  findingsPerFlow: 256,
  /** Texts of flows' records whose masked form is remembered. */
  redactedTexts: 4096,
  /** Distinct anomaly codes of one flow. */
  anomaliesPerFlow: 32,
  /** Addresses whose names are remembered, least recently learnt out first. */
  namedAddresses: 65_536,
  /** Age at which a live flow is first told of, when it has no findings: most are over by then, and told of once. */
  firstReportUs: 1_000_000,
  /** Time from one report of a flow that goes on to the next. Findings do not wait for it. */
  nextReportUs: 10_000_000,
  /** Contents inside each other that are decoded: base64 in JSON in base64. */
  nesting: 2,
  /** Decoded bytes of one content in another; the rest of it is not inspected. */
  nestedBytes: 16 * 1024 * 1024,
  /** First bytes by which the format of a content in another is told. */
  nestedHeadBytes: 512,
  /** Bytes around the seam of two segments in which a value across it is looked for; matches are no longer (`src/scan/limits.ts`). */
  seamBytes: 192,
  /** Bytes that are scanned before what is encoded in them is inspected. */
  encodedSliceBytes: 65_536,
  /** Values of one content that wait to be told by their record; further ones take the places of the first. */
  waitingValues: 8,
  /** Values that wait one after the other without a record being a person's; further ones do not, until one is. */
  waitedInVain: 64,
  /** Records of one content that are known to be a person's, the latest. */
  knownRecords: 8,
} as const
