/** Bounds of threat detection: memory is taken by what first needs it, whole, and never grows with traffic, but for the columns beside the flow table. */
export const limits = {
  /** Kinds of threats, by who and what, that are told of apart; what is beyond is counted. */
  kinds: 4096,
  /** How long a kind that goes on is not told of again. */
  repeatUs: 10_000_000,
  /** Sources, targets or services that one meter follows; where there are more, the least busy ones give way. */
  meterSlots: 4096,
  /** Sources and pairs whose scans are followed: 64 bytes of marks each. */
  scanSlots: 2048,
  /** Registered domains below which names are counted at once. */
  domainSlots: 2048,
  /** Services outside whose calls are followed, and addresses whose claims are. */
  beaconSlots: 2048,
  arpSlots: 1024,
  /** Hosts whose calls outside are learned, the destinations of all of them, and addresses that answers of DNS named. */
  callerSlots: 1024,
  destinationSlots: 16_384,
  namedSlots: 4096,
  /** SYNs of the last seconds, and transactions of DHCP that were answered. */
  redirectionSlots: 4096,
  dhcpSlots: 256,
  /** Hosts whose volume of personal data is learned. */
  volumeSlots: 1024,
  /** First bytes of a payload that are hashed, and read for a banner. */
  payloadBytes: 512,
} as const
