import { type Check, lacking, ok } from './check.ts'

/** Numbers of capabilities, from linux/capability.h, and what each is for here. */
const needed: readonly (readonly [bit: number, name: string, without: string])[] = [
  [13, 'CAP_NET_RAW', 'reading packets'],
  [12, 'CAP_NET_ADMIN', 'reading packets of a whole interface'],
  [21, 'CAP_SYS_ADMIN', 'entering the network namespace of a container'],
  [19, 'CAP_SYS_PTRACE', 'finding the namespaces of processes of other users'],
]

/** @param status text of /proc/self/status */
export function checkPrivileges(status: string): Check {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  const missing = needed.filter(([bit]) => ((effective >> BigInt(bit)) & 1n) === 0n)
  if (missing.length === 0) return ok('privileges', needed.map(([, name]) => name).join(', '))
  return lacking('privileges', {
    found: `without ${missing.map(([, name]) => name).join(', ')}`,
    costs: `Not possible: ${missing.map(([, , without]) => without).join('; ')}. Captures and text can be inspected.`,
    nextStep: 'Run it as root (sudo), or give the service these capabilities.',
  })
}
