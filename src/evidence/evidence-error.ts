import { PaviseError } from '../lib/errors.ts'

export class EvidenceError extends PaviseError<
  /** A file with a key cannot be made or read, or holds no key. */
  | 'EVIDENCE_KEY_UNUSABLE'
  /** A file with certificates cannot be read, or holds none. */
  | 'CERTIFICATE_UNUSABLE'
  /** What is stored is not the tree that was signed. */
  | 'EVIDENCE_DAMAGED'
  /** There is no such entry, or no tree of that size. */
  | 'EVIDENCE_UNKNOWN'
  /** A file is no bundle, or cannot be read as one. */
  | 'BUNDLE_UNREADABLE'
> {}
