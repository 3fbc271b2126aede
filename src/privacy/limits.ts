/** Bounds of what is kept and shown of data flows. */
export const privacyLimits = {
  /** Of one recipient outside; of one service; flows that a figure leads back to. */
  addressesPerParty: 16,
  workloadsPerParty: 16,
  flowsPerTransfer: 16,
  /** Kinds of personal data in one transfer. */
  identifiersPerTransfer: 64,
  /** Ends of a breach that a draft names; of more it says how many. */
  endsInDraft: 25,
  /** Characters of an id of a transfer or a difference, hexadecimal. */
  idLength: 16,
} as const
