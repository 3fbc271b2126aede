/** Bounds of reading markup. */
export const limits = {
  /** Attributes of one tag that are read; browsers read more, attacks need few. */
  attributes: 64,
  /** Tags of one view that are judged. */
  tags: 512,
  /** Tags without an end whose content is read once more for tags: each costs the rest of the view. */
  openTags: 4,
  /** Scripts and styles of one view whose content is read. */
  rawTexts: 8,
  /** Calls and accesses of one view that are judged. */
  expressions: 256,
} as const
