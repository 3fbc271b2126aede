import type { LabelRequirement } from './personal-data-labels.ts'

export const transferFlags = [
  /** Personal data crossed a network unencrypted. */
  'in-the-clear',
  /** To a country that no adequacy decision speaks of, without a declared ground. */
  'third-country',
  /** A category that the partner is not declared to receive. */
  'beyond-declaration',
  /** To somebody outside that nobody has declared. */
  'undeclared-recipient',
  /** To an address in another country than the partner and its sub-processors are declared in. */
  'other-country',
] as const
export type TransferFlag = (typeof transferFlags)[number]

export const differenceKinds = [
  ...transferFlags,
  /** Declared, and nothing was seen to go there. */
  'not-observed',
  /** Of workloads that are labelled as ones of personal data. */
  'label-owner',
  'label-purpose',
  'label-inspection',
  'label-encryption',
] as const satisfies readonly (TransferFlag | 'not-observed' | `label-${LabelRequirement}`)[]
export type DifferenceKind = (typeof differenceKinds)[number]

/**
 * `declare`: write down what is so. `forbid`: a rule by which it is no longer so. `accept`: let it be so until a day, with a reason.
 */
export const resolutionKinds = ['declare', 'forbid', 'accept'] as const
export type ResolutionKind = (typeof resolutionKinds)[number]
