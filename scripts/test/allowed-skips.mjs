/** Reasons for which a test may be skipped without the whole failing in CI. Any other is a gap that nobody chose. */
export const allowedSkips = [
  { reason: /corpora/, why: 'labelled captures are large and not part of the repository' },
  {
    reason: /suricata is not installed/,
    why: 'it is measured against, and installed by whoever wants to compare',
  },
]
