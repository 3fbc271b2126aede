/** What of the packets of some workloads is to be recorded: what a controller orders and enforcers do. */
export interface CaptureOrder {
  /** Unique over all captures. */
  id: string
  /** Ids of workloads. */
  workloads: readonly string[]
  /** In the syntax of `src/capture`; empty for all packets. */
  filter: string
  /** Payload beyond the headers of the transport is left out. */
  headersOnly: boolean
  /** Personal data is masked in place before anything of a file leaves the worker. */
  masked?: boolean
  /** Bytes of one file, how many of a worker are kept (the newest), and when it is over, in ms since 1970. */
  fileBytes: number
  files: number
  until: number
}

/** What enforcers record by themselves when something was found: `headers` leaves the payload out, `masked` covers personal data in it. */
export const automaticCaptures = ['payload', 'masked', 'headers', 'off'] as const
export type AutomaticCapture = (typeof automaticCaptures)[number]

/** A piece of a capture file on its way to the controller. The first has what the file is about. */
export interface CapturePart {
  /** Of the file: an enforcer's run, worker and number. */
  file: string
  /** From 0 on. */
  part: number
  isLast: boolean
  /** pcapng, in base64. */
  data: string
  about?: CaptureAbout
  /** With the last: packets in it, and those that matched and found no room. */
  packets?: number
  dropped?: number
}

export interface CaptureAbout {
  /** Id of the order; absent for one that began by itself. */
  capture?: string
  workload: string
  /** RFC 3339, of its first packet or its begin. */
  since: string
  headersOnly: boolean
  /** Personal data in it is masked. */
  masked?: boolean
  /** What was found; absent for one that was ordered. */
  finding?: { type: string; id: string; name: string }
}
