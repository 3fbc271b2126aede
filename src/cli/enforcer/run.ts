import { fstatSync } from 'node:fs'
import { Enforcer, type EnforcerOptions } from '../../enforcer/enforcer.ts'
import { ExitCode } from '../../lib/errors.ts'
import type { Log } from '../../lib/log.ts'

/** To standard error: whoever started it reads that. */
export const enforcerLog: Log = (level, message) =>
  void process.stderr.write(`${level === 'info' ? '' : `${level}: `}${message}\n`)

/** Until a signal, until whoever started it is gone, or until it cannot go on. */
export async function runEnforcer(options: Omit<EnforcerOptions, 'log'>): Promise<ExitCode> {
  // Whoever reads it may be gone before us; to end orderly matters more than to be heard.
  process.stderr.on('error', () => undefined)
  const log = enforcerLog
  const enforcer = new Enforcer({ ...options, log })
  const end = whenToEnd()
  const failed = enforcer.failed.then((reason) => {
    log('error', reason)
    return ExitCode.incomplete
  })
  const started = enforcer.start().then(() => new Promise<never>(() => undefined))
  try {
    return await Promise.race([end, failed, started])
  } finally {
    await enforcer.stop()
  }
}

/**
 * A pipe as standard input is held open by the program that started us: its end means that it is gone, however it
 * went. A terminal or a null device says nothing.
 */
function whenToEnd(): Promise<ExitCode> {
  const { promise, resolve } = Promise.withResolvers<ExitCode>()
  process.on('SIGINT', () => resolve(ExitCode.interrupted))
  process.on('SIGTERM', () => resolve(ExitCode.clean))
  const input = fstatSync(0)
  if (input.isFIFO() || input.isSocket())
    process.stdin
      .on('end', () => resolve(ExitCode.clean))
      .on('error', () => resolve(ExitCode.clean))
      .resume()
  return promise
}
