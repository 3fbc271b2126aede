import { existsSync } from 'node:fs'
import { release } from 'node:os'
import { type Check, lacking, ok } from './check.ts'

/** What the tap needs of Linux, and the file by which it shows that it is there. */
const needed = [
  ['/proc/self/ns/net', 'network namespaces', 'CONFIG_NET_NS'],
  ['/proc/net/packet', 'packet sockets', 'CONFIG_PACKET'],
] as const

export interface Kernel {
  release: string
  /** Paths that are there. */
  present: ReadonlySet<string>
}

export function probeKernel(): Kernel {
  const paths = needed.map(([path]) => path)
  return { release: release(), present: new Set(paths.filter((path) => existsSync(path))) }
}

export function checkKernel({ release: version, present }: Kernel): Check {
  const missing = needed.filter(([path]) => !present.has(path))
  if (missing.length === 0)
    return ok('kernel', `Linux ${version} with ${needed.map(([, name]) => name).join(' and ')}`)
  return lacking('kernel', {
    found: `Linux ${version} without ${missing.map(([, name]) => name).join(' and ')}`,
    costs: 'The traffic of containers cannot be read. Captures and text can be inspected.',
    nextStep: `Use a kernel with ${missing.map(([, , option]) => option).join(' and ')}, as every common distribution has.`,
  })
}
