import type { Microseconds } from '../../lib/time.ts'
import type { AttackSink } from '../detector.ts'
import { type Message, MessageBuffers } from './buffers.ts'
import type { SignatureSet } from './signature-set.ts'
import { Thresholds } from './thresholds.ts'

/** Between whom a message is. */
export interface Ends {
  source: string
  target: string
  /** Of the server. */
  port: number
}

/** Judges messages by rules in the form of Suricata: each that matches is a reason of its own. */
export class SignatureJudge {
  readonly #set: SignatureSet
  readonly #thresholds = new Thresholds()

  constructor(set: SignatureSet) {
    this.#set = set
  }

  judge(message: Message, { source, target, port }: Ends, now: Microseconds, sink: AttackSink): void {
    this.#set.match(new MessageBuffers(message), port, (signature) => {
      if (this.#thresholds.counts(signature, { source, target, now })) sink.report(signature.rule)
    })
  }
}
