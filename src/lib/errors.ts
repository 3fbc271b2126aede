/** Exit codes of the command line, stable: scripts rely on them. */
export const ExitCode = {
  clean: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  unreachable: 4,
  interrupted: 130,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

interface PaviseErrorOptions {
  cause?: unknown
  nextStep?: string
  exitCode?: ExitCode
}

/**
 * The base of every error that a person may see. `code` is stable and searchable, `message` says what went wrong
 * and where, `nextStep` what to do about it.
 */
export class PaviseError<Code extends string = string> extends Error {
  readonly code: Code
  readonly nextStep: string | undefined
  /** With which the program ends when nothing handles the error. */
  readonly exitCode: ExitCode

  constructor(code: Code, message: string, options: PaviseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.nextStep = options.nextStep
    this.exitCode = options.exitCode ?? ExitCode.unreachable
  }
}
