import { baseName } from './process-verdict.ts'

/** Programs that are many in one file; which one is asked for by the first argument, whatever the file is called. */
const multiCall: ReadonlySet<string> = new Set([
  ...['busybox', 'busybox.static', 'toybox', 'coreutils', 'uutils', 'sbase-box', 'ubase-box'],
])
const COREUTILS_OPTION = '--coreutils-prog='

export function isMultiCall(path: string): boolean {
  return multiCall.has(baseName(path))
}

/**
 * The name of a program: that of its file, or of the part of it that was asked for (`nc`, `busybox nc`). A shell that is such a part
 * calls `/proc/self/exe` for others, so that only the arguments tell.
 * @param path of the file, all links followed
 * @param given from the program's own name on; empty where they are not known
 */
export function programName(path: string, given: readonly string[]): string {
  const name = baseName(path)
  if (!multiCall.has(name)) return name
  const [own = '', first = ''] = given
  const called = withoutDash(baseName(own))
  if (called !== '' && !multiCall.has(called)) return called
  const asked = first.startsWith(COREUTILS_OPTION) ? first.slice(COREUTILS_OPTION.length) : baseName(first)
  return asked === '' || asked.startsWith('-') ? name : asked
}

/** A log-in shell has one before its name. */
function withoutDash(name: string): string {
  return name.startsWith('-') ? name.slice(1) : name
}
