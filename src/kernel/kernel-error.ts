import { constants } from 'node:os'
import { getSystemErrorMessage, getSystemErrorName } from 'node:util'
import { PaviseError } from '../lib/errors.ts'

export type KernelErrorCode =
  /** A capability is missing, or a security module forbids it. */
  | 'not-permitted'
  /** There is no such network namespace (any more). */
  | 'no-namespace'
  /** What was asked for is not there. */
  | 'not-there'
  /** The kernel has no memory for it, or no file descriptor. */
  | 'no-memory'
  /** This kernel was built without it. */
  | 'unsupported'
  /** Anything else. */
  | 'failed'

/** A system call that did not do what it was called for. Whatever it was part of has been undone. */
export class KernelError extends PaviseError<KernelErrorCode> {}

const { errno } = constants

/** `ENOTSUP` and `EOPNOTSUPP` are one number on Linux. */
const codes = new Map<number, KernelErrorCode>([
  [errno.EPERM, 'not-permitted'],
  [errno.EACCES, 'not-permitted'],
  [errno.ENOENT, 'not-there'],
  [errno.ENOMEM, 'no-memory'],
  [errno.ENOBUFS, 'no-memory'],
  [errno.EMFILE, 'no-memory'],
  [errno.ENFILE, 'no-memory'],
  [errno.ENOSYS, 'unsupported'],
  [errno.EAFNOSUPPORT, 'unsupported'],
  [errno.EPROTONOSUPPORT, 'unsupported'],
  [errno.ENOPROTOOPT, 'unsupported'],
  [errno.EOPNOTSUPP, 'unsupported'],
])

const nextSteps: Partial<Record<KernelErrorCode, string>> = {
  'not-permitted': 'Run it as root, or with CAP_SYS_ADMIN, CAP_NET_RAW and CAP_NET_ADMIN.',
  'no-memory': 'Free memory, raise the limit on open files, or give fewer or smaller rings.',
  unsupported: '`pavise doctor` tells what this kernel lacks, and what that costs.',
}

/** @param what was to be done, as it goes on after "cannot", such as `map the packet ring` */
export function kernelError(what: string, errorNumber: number): KernelError {
  const reason = `${getSystemErrorName(-errorNumber)}: ${getSystemErrorMessage(-errorNumber)}`
  return errorOfKind(codes.get(errorNumber) ?? 'failed', `cannot ${what} (${reason})`)
}

export function errorOfKind(code: KernelErrorCode, message: string): KernelError {
  const nextStep = nextSteps[code]
  return new KernelError(code, message, nextStep === undefined ? {} : { nextStep })
}
