/**
 * - `absent`: there is no such socket.
 * - `refused`: nothing listens on it.
 * - `foreign`: another engine than the one that was looked for.
 * - `not-permitted`: it may not be opened.
 * - `timeout`, `ended`, `malformed`, `too-large`: of an answer.
 * - `status`: the engine says that it cannot; `status` is HTTP's.
 */
type EngineErrorCode =
  | 'absent'
  | 'refused'
  | 'foreign'
  | 'not-permitted'
  | 'timeout'
  | 'ended'
  | 'malformed'
  | 'too-large'
  | 'status'

/** Why an engine could not be asked. */
export class EngineError extends Error {
  readonly code: EngineErrorCode
  readonly status: number

  constructor(code: EngineErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'EngineError'
    this.code = code
    this.status = options.status ?? 0
  }
}

const codes: Readonly<Record<string, EngineErrorCode>> = {
  ENOENT: 'absent',
  ECONNREFUSED: 'refused',
  ENOTDIR: 'absent',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
}

/** @param cause What the socket or the parser of HTTP gave. */
export function toEngineError(cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause
  const { code, message } = cause as NodeJS.ErrnoException
  if (code?.startsWith('HPE_')) return new EngineError('malformed', 'its answer is not HTTP', { cause })
  return new EngineError(codes[code ?? ''] ?? 'ended', message, { cause })
}
