import type { Category } from './records.ts'

/** As what somebody receives personal data: GDPR Articles 4(7)-(9), 26, 28. */
export const processorRoles = [
  'processor',
  'sub-processor',
  'controller',
  'joint-controller',
  'recipient',
] as const
export type ProcessorRole = (typeof processorRoles)[number]

/** On what a transfer to a third country rests: GDPR Articles 45, 46(2)(c), 47, 49. */
export const transferMechanisms = [
  'none-needed',
  'adequacy-decision',
  'standard-contractual-clauses',
  'binding-corporate-rules',
  'derogation',
] as const
export type TransferMechanism = (typeof transferMechanisms)[number]

/** Another one that a processor engages: GDPR Article 28(2) and (4). */
export interface SubProcessor {
  name: string
  /** ISO 3166-1 alpha-2. */
  country: string
  purpose?: string
  transferMechanism?: TransferMechanism
}

/** An external partner that receives personal data, as the record of processing needs it (GDPR Articles 28, 30, 44). */
export interface ProcessorDefinition {
  name: string
  displayName: string
  role: ProcessorRole
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Reference of the contract, and its date: `2026-01-15`. */
  contract?: string
  contractDate?: string
  transferMechanism?: TransferMechanism
  /** Which decision, clauses or rules those are. */
  transferReference?: string
  subProcessors?: readonly SubProcessor[]
  purposes?: readonly string[]
  securityMeasures?: readonly string[]
  /** Whom to ask there. */
  contact?: string
  /** Categories of personal data that it is declared to receive. */
  categories: readonly Category[]
  /** As values of an `address` criterion. */
  addresses: readonly string[]
  /** Groups that are this partner, too. */
  groups: readonly string[]
}
