import { applicationNames, applicationNumber, applicationPending } from '../../policy/rules/applications.ts'
import { tlsVersions } from '../../policy/definition.ts'
import type { Conversation } from '../conversation.ts'
import type { PresumedConversation } from '../presumed-conversation.ts'

/*
 * What is known of a connection, in the few bits that the kernel keeps beside it when it is released: the application's number, and above
 * it whether it is encrypted. Whoever decides about it again need not have remembered it, nor be told when it ends.
 */

const APPLICATION_BITS = 6
const FIRST_NAMED = 2
const applicationMask = (1 << APPLICATION_BITS) - 1
/** Encrypted by TLS of a version: from here on, in the order of `tlsVersions`. */
const Encryption = { pending: 0, none: 1, encrypted: 2, firstVersion: 3 } as const

/** A connection that is to be decided about again. */
export interface RecalledConnection {
  /** What was noted of it when it was released; -1 where it was not. */
  note: number
  /** The packet at hand is sent by whoever did not open it. */
  isFromAnswerer: boolean
}

/** 9 bits; 0 where nothing is known. */
export function noteOf(conversation: Conversation | undefined): number {
  if (conversation?.isTold !== true) return applicationPending
  return applicationNumber(conversation.application) | (encryptionOf(conversation) << APPLICATION_BITS)
}

/** What a note says; undefined where it says nothing. */
export function presumedBy(note: number): PresumedConversation | undefined {
  const number = note & applicationMask
  if (number === applicationPending) return undefined
  const application = applicationNames[number - FIRST_NAMED] ?? 'unknown'
  const encryption = note >>> APPLICATION_BITS
  const tlsVersion = tlsVersions[encryption - Encryption.firstVersion]
  if (encryption < Encryption.encrypted)
    return { application, encryption: encryption === Encryption.none ? 'none' : 'pending' }
  return { application, encryption: 'encrypted', ...(tlsVersion !== undefined && { tlsVersion }) }
}

function encryptionOf(conversation: Conversation): number {
  const { encryption } = conversation
  if (encryption !== 'encrypted') return Encryption[encryption]
  const version = conversation.details().tls?.version ?? ''
  const index = tlsVersions.findLastIndex((each) => version.startsWith(each))
  return index < 0 ? Encryption.encrypted : Encryption.firstVersion + index
}
