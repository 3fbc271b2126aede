/** Channels hidden in what is let through. */
export const tunnels = {
  icmpTunnel: {
    id: 2020,
    name: 'ICMP.Tunneling',
    severity: 'critical',
    on: true,
    technique: 'T1095',
    stage: 'command-and-control',
    by: 'pair',
    measure: { unit: 'echo replies that differ from their request', threshold: 3 },
    confidence: 0.9,
    reason: 'Echo replies carry something else than what was sent: something is tunnelled in them.',
  },
  dnsTunnel: {
    id: 2024,
    name: 'DNS.Tunneling',
    severity: 'critical',
    on: true,
    technique: 'T1071.004',
    stage: 'command-and-control',
    by: 'pair',
    measure: { unit: 'bytes in names of one domain that were asked once', threshold: 2000, seconds: 60 },
    confidence: 0.8,
    reason: 'Names of one domain are long, never the same and look random: something is tunnelled in them.',
  },
} as const
