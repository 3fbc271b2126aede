import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startLimits } from './limits.ts'

/**
 * What a container is to run first, as its bundle says (OCI Runtime Specification 1.1, "Process"): what it is called by. Arguments are not
 * told, since they may be secrets.
 *
 * @returns empty where the bundle does not say
 */
export function firstProgramOf(bundle: string): string {
  const path = join(bundle, 'config.json')
  try {
    if (statSync(path).size > startLimits.configBytes) return ''
    const { process } = JSON.parse(readFileSync(path, 'utf8')) as { process?: { args?: unknown } }
    const args = process?.args
    return Array.isArray(args) && typeof args[0] === 'string' ? args[0] : ''
  } catch {
    return ''
  }
}
