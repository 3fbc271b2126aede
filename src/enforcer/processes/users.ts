import { processLimits } from './limits.ts'

/** Users of a container: plain data. */
export interface UserTable {
  /** Of a user namespace: users from `inside` on are those from `outside` on, `count` of them (user_namespaces(7)). */
  ranges: readonly { inside: number; outside: number; count: number }[]
  names: ReadonlyMap<number, string>
}

/** Linux' number for a user that a namespace has no number for. */
const OVERFLOW_USER = 65_534

/** Number of a user as the container counts, by its number on the node. */
export function userInside({ ranges }: UserTable, outside: number): number {
  for (const range of ranges)
    if (outside >= range.outside && outside < range.outside + range.count)
      return range.inside + outside - range.outside
  return OVERFLOW_USER
}

/** @param uidMap `/proc/<pid>/uid_map` of its first process; @param passwd its `/etc/passwd`, as far as it may be read */
export function readUsers(uidMap: string, passwd: string): UserTable {
  const ranges = uidMap.split('\n').flatMap((line) => {
    const [inside, outside, count] = line.trim().split(/\s+/).map(Number)
    return Number.isFinite(count) ? [{ inside, outside, count }] : []
  })
  const names = new Map<number, string>()
  for (const line of passwd.split('\n')) {
    const [name, , number] = line.split(':')
    if (names.size >= processLimits.users) break
    if (number !== undefined && /^\d{1,10}$/.test(number) && !names.has(Number(number)))
      names.set(Number(number), name)
  }
  return { ranges, names }
}
