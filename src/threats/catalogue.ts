import { floods } from './table/floods.ts'
import { packets } from './table/packets.ts'
import { scans } from './table/scans.ts'
import { protocols } from './table/protocols.ts'
import { tunnels } from './table/tunnels.ts'
import type { ThreatDefinition } from './threat.ts'

/** Every threat that is looked for, by the name that the code has for it. One place for ids, names, defaults and thresholds. */
export const threats = { ...floods, ...packets, ...scans, ...protocols, ...tunnels } satisfies Record<
  string,
  ThreatDefinition
>
export type ThreatName = keyof typeof threats

export const threatNames = Object.keys(threats) as ThreatName[]
