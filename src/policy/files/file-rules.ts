import type { FileRule } from '../definition.ts'
import { matchesWildcard } from '../../lib/wildcard.ts'
import type { Placed, Profile } from '../processes/profile.ts'

/** What somebody does to a file: opens it, or changes it or its folder's entry for it. */
export type FileUse = 'open' | 'change'

export interface FileVerdict {
  effect: 'report' | 'block'
  rule: Placed<FileRule>
}

const spokenOf: Readonly<Record<FileRule['behavior'], FileUse>> = {
  monitor_change: 'change',
  monitor_access: 'open',
  block_access: 'open',
}

/**
 * What a profile says of the use of a file; undefined where nothing. The first rule that speaks of it decides.
 * @param paths of the file, from the container's root: its own, and those by which links lead to its folder
 * @param program path of the program that uses it; empty where that is not known, which is no exception
 */
export function decideFile(
  { mode, files }: Pick<Profile, 'mode' | 'files'>,
  use: FileUse,
  paths: readonly string[],
  program: string,
): FileVerdict | undefined {
  const rule = files.find(
    (each) =>
      spokenOf[each.behavior] === use &&
      paths.some((path) => matchesFilter(each, path)) &&
      !isExcepted(each, program),
  )
  if (rule === undefined) return undefined
  return { effect: rule.behavior === 'block_access' && mode === 'Protect' ? 'block' : 'report', rule }
}

/**
 * Whether a filter speaks of a path: name by name, with `*` for anything within one. With `recursive` also of what lies in folders
 * below: of files there whose name the filter's last part is, and of all of a folder that the filter names.
 */
export function matchesFilter(
  { filter, recursive }: Pick<FileRule, 'filter' | 'recursive'>,
  path: string,
): boolean {
  const wanted = namesOf(filter)
  const given = namesOf(path)
  if (given.length < wanted.length) return false
  if (given.length === wanted.length) return wanted.every((name, i) => matchesWildcard(name, given[i]))
  if (!recursive) return false
  const leaf = wanted.length - 1
  if (!wanted.every((name, i) => i === leaf || matchesWildcard(name, given[i]))) return false
  return matchesWildcard(wanted[leaf], given[leaf]) || matchesWildcard(wanted[leaf], given.at(-1) ?? '')
}

/** Parts of a path, without the empty ones. */
export function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}

function isExcepted({ applications }: FileRule, program: string): boolean {
  return program !== '' && applications.some((application) => matchesWildcard(application, program))
}
