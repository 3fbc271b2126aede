/** Bounds of reading files: whatever a file holds, this is the most that one costs. Each hit is told by `FileProblem`. */
export const limits = {
  /** Bytes of one file that are collected; of a longer one the beginning is read. */
  fileBytes: 4 * 1024 * 1024,
  /** Bytes that all files of a thread may hold while they are collected. */
  memoryBytes: 32 * 1024 * 1024,
  /** First bytes of a file in which the header of a PDF may stand. */
  headerBytes: 1024,
  /** First size of the buffer that a file is collected in; it doubles. */
  firstBytes: 16 * 1024,
  /** Bytes that all compressed parts of one file may become, attempts at damaged ones included. */
  decodedBytes: 48 * 1024 * 1024,
  /** What each part counts as at least: opening it costs about as much as so many bytes. */
  leastDecodedBytes: 1024,
  /** Output per input byte of one part, looked at from `ratioFromBytes` on. Sheets reach 60, deflate itself ends at 1032. */
  ratio: 200,
  ratioFromBytes: 1024 * 1024,
  /** Input by which the end of what is readable of a damaged part is told. */
  damagedStepBytes: 512,
  /** Bytes of text that are handed on of one file. */
  textBytes: 8 * 1024 * 1024,
  /** Members of an archive, those of archives in it included. */
  members: 2048,
  /** Archives and documents within archives. */
  nesting: 2,
  /** Bytes of one member's name that are looked at; it is never a path. */
  nameBytes: 256,
  /** Tags of XML, operators of pages and objects of PDF that are read of one file. */
  steps: 2_000_000,
  /** Texts of a workbook that its cells refer to. */
  sharedStrings: 262_144,
  /** Cells of a row that are kept, and letters of one. */
  columns: 256,
  cellLetters: 32_768,
} as const
