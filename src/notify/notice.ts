/** Something that a person has to know now. It holds no personal data but names of accounts, and no value that was found. */
export interface Notice {
  /** RFC 3339. */
  at: string
  urgency: 'information' | 'warning' | 'critical'
  /** What it is about: id of a case, or of a response rule. */
  about: string
  title: string
  text: string
}

/** Where notices go. */
export interface Channel {
  /** As it is shown: no secret in it. */
  name: string
  /** By which response rules name it; one that has it is told of what is addressed to it, and of nothing else. */
  address?: string
  /** @throws Error where it was not taken */
  send: (notice: Notice, signal: AbortSignal) => Promise<void>
}
