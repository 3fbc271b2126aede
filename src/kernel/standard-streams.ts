import { readFileSync } from 'node:fs'
import { descriptorOf } from './process-status.ts'

/** What a standard stream is open on. */
export type StreamKind = 'network' | 'pipe' | 'terminal' | 'other'

const socketTables = ['tcp', 'tcp6', 'udp', 'udp6', 'sctp/assocs'] as const

/** Standard input, output and error of a process, as they are now. */
export function readStandardStreams(pid: number): StreamKind[] {
  return [0, 1, 2].map((descriptor) => kindOf(pid, descriptorOf(pid, descriptor) ?? ''))
}

function kindOf(pid: number, target: string): StreamKind {
  if (target.startsWith('pipe:')) return 'pipe'
  if (target.startsWith('/dev/pts/') || target === '/dev/tty' || target === '/dev/console') return 'terminal'
  const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
  return inode !== undefined && isNetworkSocket(pid, inode) ? 'network' : 'other'
}

/** Sockets between processes of the machine are in none of these tables. */
function isNetworkSocket(pid: number, inode: string): boolean {
  return socketTables.some((table) => {
    try {
      return readFileSync(`/proc/${pid}/net/${table}`, 'latin1').includes(` ${inode} `)
    } catch {
      return false
    }
  })
}
