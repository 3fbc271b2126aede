import type { Incident } from '../../model/enforcer-messages.ts'
import type { KillChainStage } from '../../model/records.ts'

/** How far an intruder had come (Hutchins, Cloppert, Amin 2011), and by what means: MITRE ATT&CK, `T1190`. */
export interface IntrusionStage {
  stage: KillChainStage
  technique: string
}

/** Most attacks on a service are one technique: T1190, Exploit Public-Facing Application. */
const exploitation: IntrusionStage = { stage: 'exploitation', technique: 'T1190' }

/** Those that are another: scanning (T1595), a program that is brought (T1105), one that stays (T1505.003), the work of a browser (T1189). */
const attackStages: Readonly<Record<string, IntrusionStage>> = {
  scanner: { stage: 'reconnaissance', technique: 'T1595' },
  'executable-upload': { stage: 'delivery', technique: 'T1105' },
  webshell: { stage: 'command-and-control', technique: 'T1505.003' },
  'cross-site-scripting': { stage: 'delivery', technique: 'T1189' },
}

/**
 * Programs, by why they are suspicious. Of the matrix for containers: T1046 Network Service Discovery, T1068 Exploitation for Privilege
 * Escalation; what runs in a container that is no part of it has techniques of the matrix for Linux.
 */
const programStages: Readonly<Record<string, IntrusionStage>> = {
  'network-scan': { stage: 'reconnaissance', technique: 'T1046' },
  'reverse-shell': { stage: 'command-and-control', technique: 'T1059.004' },
  netcat: { stage: 'command-and-control', technique: 'T1095' },
  'remote-shell': { stage: 'command-and-control', technique: 'T1021.004' },
  tunnel: { stage: 'command-and-control', technique: 'T1572' },
  'package-manager': { stage: 'delivery', technique: 'T1105' },
  'packet-capture': { stage: 'actions-on-objectives', technique: 'T1040' },
  'root-escalation': { stage: 'exploitation', technique: 'T1068' },
  fileless: { stage: 'exploitation', technique: 'T1620' },
}

/** Null where an incident by itself says nothing of an intruder: a rule was broken, a file was touched. */
export function intrusionStageOf(incident: Incident): IntrusionStage | null {
  switch (incident.type) {
    case 'threat':
      return { stage: incident.stage, technique: incident.technique }
    case 'attack':
      return attackStages[incident.class] ?? exploitation
    case 'process':
      return programStages[incident.suspicion?.kind ?? ''] ?? null
    default:
      return null
  }
}
