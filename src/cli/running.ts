import { userInfo } from 'node:os'
import { shortAge } from '../lib/quantity.ts'
import { LineOutput } from './terminal/line-output.ts'

/** Of commands that ask the Pavise that runs here. */
export interface RunningFlags {
  stateDir: string
  json: boolean
}

/** Who runs the command, as versions and the audit log name them: whoever became root for it. */
export function whoAsks(): string {
  const { SUDO_USER: sudo } = process.env
  if (sudo !== undefined && sudo !== '') return sudo
  try {
    return userInfo().username
  } catch {
    return `uid ${process.geteuid?.()}` // A container may run under an id without a name.
  }
}

/** Why and on whose behalf something is changed. */
export function byOf({ reason }: { reason?: string }): { onBehalfOf: string; reason?: string } {
  return { onBehalfOf: whoAsks(), ...(reason !== undefined && { reason }) }
}

export async function print(lines: Iterable<string>): Promise<void> {
  const output = new LineOutput(process.stdout)
  for (const line of lines) output.line(line)
  await output.end()
}

/** `3 h ago`. */
export function ago(time: string): string {
  const age = shortAge(Date.now() - Date.parse(time))
  return age === 'now' ? age : `${age} ago`
}
