import type { CaseTime, TellingException } from '../../model/case-words.ts'
import { type BreachCase, sentFor, timeOf } from '../case.ts'
import { severityOf } from '../severity.ts'
import { missingParts } from './draft.ts'

/**
 * A notification as fields, in the order in which forms of supervisory authorities ask for them, and the common template that the
 * EDPB put out for consultation in June 2026: what kind of notification, by whom, when and how long, what happened, whose data, what protected
 * it, with what effect, what was done against it and against the next, who was told.
 * Null is what a person has to say. The names are ours: the template gives its fields no names for machines.
 */
export function notificationForm(breach: BreachCase) {
  const { id, kinds, role, scope, contact, description, consequences, measures } = breach
  const severity = severityOf(breach)
  const phases = sentFor(breach, 'gdpr-authority')
  const missing = missingParts(breach, 'authority')
  const at = (time: CaseTime): string | null => {
    const ms = timeOf(breach, time)
    return ms === undefined ? null : new Date(ms).toISOString()
  }
  return {
    notification: {
      reference: id,
      kind: phases.length === 0 && at('notified') === null ? 'initial' : 'follow-up',
      isComplete: missing.length === 0,
      missing,
      phases: phases.map(({ at: sentAt, missing: lacked }) => ({ at: sentAt, missing: lacked })),
      law: 'GDPR Art. 33',
    },
    organisation: {
      ...{ name: null, address: null, role, contact: contact || null, representative: null },
      ...{ dataProtectionOfficer: null, reportedBy: null },
    },
    timeline: {
      ...{ began: at('began'), ended: at('ended'), detected: at('detected'), aware: at('aware') },
      durationMinutes: durationMinutes(breach),
      ...{ isContinuing: at('ended') === null, reasonsForDelay: null },
    },
    breach: {
      ...{ description: description || null, confidentiality: kinds.includes('confidentiality') },
      ...{ integrity: kinds.includes('integrity'), availability: kinds.includes('availability') },
      isMalicious: breach.severity.malicious ?? null,
      recipients:
        scope?.recipients.map(({ name, isExternal, country = null, isEncrypted }) => ({
          ...{ name, isExternal, country, isEncrypted },
        })) ?? null,
    },
    data: {
      categories: scope?.categories.map(({ category, identifiers }) => ({ category, identifiers })) ?? null,
      hasSpecialCategories: scope?.categories.some(({ category }) => specialCategories.has(category)) ?? null,
      approximateRecords: scope?.values ?? null,
    },
    dataSubjects: {
      categories: null,
      includesChildren: scope?.categories.some(({ category }) => category === 'children') ?? null,
      approximateNumber: scope?.persons ?? null,
      isLowerBound: scope?.isCut ?? null,
    },
    consequences: {
      likely: consequences || null,
      ...{ severity: severity.level, score: severity.score, method: 'ENISA 2013' },
    },
    measures: { before: scope?.controls ?? null, taken: measures || null, againstRecurrence: null },
    communication: {
      isRequired: severity.duty === 'notify-and-tell',
      at: sentFor(breach, 'gdpr-subjects').at(0)?.at ?? null,
      exception: breach.exception === undefined ? null : exceptionLaw[breach.exception.kind],
      exceptionReason: breach.exception?.reason ?? null,
    },
    crossBorder: { isCrossBorder: null, memberStates: null, otherAuthorities: null },
    notKnown: scope?.gaps ?? null,
  }
}

const exceptionLaw: Readonly<Record<TellingException, string>> = {
  unintelligible: 'GDPR Art. 34(3)(a)',
  remedied: 'GDPR Art. 34(3)(b)',
  disproportionate: 'GDPR Art. 34(3)(c)',
}

/** From when it began to when it ended; null where one of both is not known. */
function durationMinutes(breach: BreachCase): number | null {
  const [began, ended] = [timeOf(breach, 'began'), timeOf(breach, 'ended')]
  return began === undefined || ended === undefined ? null : Math.round((ended - began) / 60_000)
}

/** Articles 9 and 10 of the GDPR. */
const specialCategories: ReadonlySet<string> = new Set(['health', 'genetic', 'special', 'criminal'])
