import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import type { Role } from '../plan.ts'

/** Where the services of the clinic run. */
export interface Stage {
  /** Arguments of `pavise up` that it takes to see it; none for what it sees by itself. */
  readonly paviseArguments: readonly string[]
  /** @param ending aborted where it is no longer wanted */
  open(ending: AbortSignal): Promise<void>
  /** The program that runs a command where a role is. */
  command(role: Role, command: readonly string[]): string[]
  /** Takes away what it made, and what a stage before it that was killed has left. Safe to be called at any time. */
  close(): void
}

/** A service: a process, and how it came to its end. */
export interface Service {
  role: Role
  child: ChildProcess
  ended: Promise<string>
}

export function startService(role: Role, [program, ...args]: readonly string[], log: string): Service {
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe']
  // In a group of its own: Ctrl-C is for whoever ends it in order.
  const child = spawn(program, args, { stdio, detached: true })
  const file = createWriteStream(log, { flags: 'a' })
  child.stderr?.on('data', (chunk: Buffer) => file.write(chunk))
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  return { role, child, ended }
}
