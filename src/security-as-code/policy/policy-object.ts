import type { SourceObject } from '../yaml-documents.ts'

/** Something of a file that cannot be, or that is taken otherwise than its author may think. */
export interface FileProblem {
  severity: 'error' | 'warning'
  /** `file.yaml:12`. */
  place: string
  /** Number of the document in the file, from 1; null where the file cannot be read as documents. */
  document: number | null
  /** `NvSecurityRule nv.api.clinic`, or the path of the file. */
  subject: string
  problem: string
  nextStep: string
}

/** An object with its kind's checks behind it, and whom to tell of what is wrong with it. */
export interface ObjectReport {
  /** `NvSecurityRule nv.api.clinic`. */
  subject: string
  source: SourceObject
  tell: (problem: FileProblem) => void
}

type Path = readonly (string | number)[]

export function tellError(
  { subject, source, tell }: ObjectReport,
  path: Path,
  problem: string,
  nextStep: string,
): void {
  const { document } = source
  tell({ severity: 'error', place: source.at(path), document, subject, problem, nextStep })
}

export function tellWarning(
  { subject, source, tell }: ObjectReport,
  path: Path,
  problem: string,
  nextStep: string,
): void {
  const { document } = source
  tell({ severity: 'warning', place: source.at(path), document, subject, problem, nextStep })
}
