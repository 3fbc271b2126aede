import type { GroupProfile, Tier } from '../../policy/definition.ts'
import { type ObjectReport, tellError } from './policy-object.ts'
import type { SecurityRuleObject } from './schemas.ts'

type Spec = SecurityRuleObject['spec']

/** Rules of processes and files; undefined where there are none. */
export function readProfile(
  { process = [], file = [], process_profile: own = {} }: Spec,
  tier: Tier,
  report: ObjectReport,
): GroupProfile | undefined {
  if (process.length === 0 && file.length === 0 && own.baseline === undefined) return undefined
  const placed = (part: string, i: number) => ({ tier, source: report.source.at(['spec', part, i]) }) as const
  return {
    ...(own.baseline === undefined ? {} : { baseline: own.baseline === 'basic' ? 'basic' : 'zero-drift' }),
    processes: process.map(({ action, name = '', path = '', allow_update: allowUpdate = false }, i) => ({
      action,
      name: name === '' && path !== '' && path !== '*' ? lastName(path) : name === '*' ? '' : name,
      path: path === '*' ? '' : path,
      allowUpdate,
      ...placed('process', i),
    })),
    files: file.map(({ filter, behavior, recursive = false, app: applications = [] }, i) => ({
      filter: filter.endsWith('/') ? `${filter}*` : filter,
      behavior,
      recursive,
      applications,
      ...placed('file', i),
    })),
  }
}

/** NeuVector takes the last part of the path for a name that is left out; with `*` in it that is any. */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Tells what is wrong in rules of processes and files, and what to write instead. */
export function checkProfile(spec: Spec, report: ObjectReport): void {
  checkProcesses(spec, report)
  checkFiles(spec, report)
}

function checkProcesses({ process = [] }: Spec, report: ObjectReport): void {
  for (const [i, { name = '', path = '', action }] of process.entries()) {
    const at = ['spec', 'process', i]
    if (name === '' && path === '')
      tellError(report, at, 'a process has neither name nor path', 'Give it one of both.')
    if (name === '*' && path === '') tellError(report, at, 'the name * needs a path', 'Say in which path.')
    if (name === '*' && path === '*' && action === 'deny')
      tellError(report, at, 'it would deny every process', 'Name what is to be denied.')
    if (path !== '' && path !== '*' && !/^\/[^<>]*[^<>/]$/.test(path))
      tellError(
        report,
        [...at, 'path'],
        'it is no absolute path of a file',
        'Begin with / and do not end with it.',
      )
    if (path.split('*').length > 2)
      tellError(report, [...at, 'path'], 'it has more than one *', 'Make several rules of it.')
  }
}

function checkFiles({ file = [] }: Spec, report: ObjectReport): void {
  const seen = new Set<string>()
  for (const [i, { filter, behavior, recursive = false }] of file.entries()) {
    const at = ['spec', 'file', i]
    checkFilter(filter, report, [...at, 'filter'])
    const key = JSON.stringify([filter, behavior, recursive])
    if (seen.has(key)) tellError(report, at, 'the same rule is there twice', 'Leave one out.')
    seen.add(key)
  }
}

/** Tells where a filter is nothing that can be watched. */
export function checkFilter(filter: string, report: ObjectReport, at: readonly (string | number)[]): void {
  if (filter.includes('/') && filter !== '/' && !/[[\]()<>]|\.\.|\/\.\//.test(filter)) return
  tellError(report, at, 'it is no path that can be watched', 'Write an absolute path; * may stand in it.')
}
