/** What was lost (EDPB Guidelines 01/2021): alone or together. */
export const breachKinds = ['confidentiality', 'integrity', 'availability'] as const
export type BreachKind = (typeof breachKinds)[number]

/** Times of a breach that the law asks about. */
export const caseTimes = ['began', 'ended', 'detected', 'aware', 'classified', 'notified'] as const
export type CaseTime = (typeof caseTimes)[number]

/** Laws whose clocks run, by what the organisation is. */
export const regimes = ['gdpr', 'nis2', 'dora'] as const
export type Regime = (typeof regimes)[number]

/** How easily a person can be told from the data (ENISA 2013): negligible, limited, significant, maximum. */
export const eases = [0.25, 0.5, 0.75, 1] as const
export type Ease = (typeof eases)[number]

/** Documents that a breach asks for. */
export const draftKinds = ['authority', 'subjects', 'controller', 'record'] as const
export type DraftKind = (typeof draftKinds)[number]

/** Languages of documents. */
export const languages = ['en', 'de', 'fr'] as const
export type Language = (typeof languages)[number]

/** Files that a document may be: `form` is its fields as JSON, for the notification to the authority alone. */
export const draftFormats = ['markdown', 'html', 'pdf', 'docx', 'json', 'form'] as const
export type DraftFormat = (typeof draftFormats)[number]

/**
 * What stands against a breach: the policy, the mode of a group, detectors, that traffic is seen, the detection of attacks, rules,
 * encryption on the way.
 */
export const caseControls = ['policy', 'mode', 'detector', 'sight', 'attacks', 'rules', 'encryption'] as const
export type CaseControl = (typeof caseControls)[number]

export const caseControlStates = ['held', 'failed', 'off'] as const
export type CaseControlState = (typeof caseControlStates)[number]

/** Who an end of a breach is: a workload, somebody outside, or a credential. */
export const reachEndKinds = ['workload', 'outside', 'credential'] as const
export type ReachEndKind = (typeof reachEndKinds)[number]

/** Whether it begins there, was seen to come there, or could have. */
export const reachHows = ['suspect', 'reached', 'reachable'] as const
export type ReachHow = (typeof reachHows)[number]

/** Why nothing kept it from there: a mode that stops nothing, or a rule that allows it. */
export const reachWhys = ['mode', 'rule'] as const
export type ReachWhy = (typeof reachWhys)[number]

/** What a law asks to be sent, or told, of a breach. */
export const dutyIds = [
  'gdpr-authority',
  'gdpr-subjects',
  'gdpr-controller',
  'nis2-warning',
  'nis2-notification',
  'nis2-final',
  'dora-initial',
  'dora-initial-latest',
  'dora-intermediate',
  'dora-final',
] as const
export type DutyId = (typeof dutyIds)[number]

/** Why persons need not be told each of them (GDPR Art. 34(3)): (a), (b), (c). */
export const tellingExceptions = ['unintelligible', 'remedied', 'disproportionate'] as const
export type TellingException = (typeof tellingExceptions)[number]
