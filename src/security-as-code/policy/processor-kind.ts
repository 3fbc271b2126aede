import type { ProcessorDefinition, TransferMechanism } from '../../model/processor.ts'
import { adequacyOf, adequacyText } from '../../privacy/countries.ts'
import { type ObjectReport, tellError, tellWarning } from './policy-object.ts'
import type { ProcessorObject } from './schemas.ts'

/** A partner as it is declared; what cannot be is told, and what the law asks for and is not there. */
export function readProcessor(
  { metadata, spec }: ProcessorObject,
  report: ObjectReport,
): ProcessorDefinition {
  const { name: displayName, categories = [], addresses = [], groups = [], ...rest } = spec
  checkContract(spec, report)
  checkTransfer(spec, report, ['spec'])
  for (const [i, sub] of (spec.subProcessors ?? []).entries())
    checkTransfer(sub, report, ['spec', 'subProcessors', i])
  return { name: metadata.name, displayName, categories, addresses, groups, ...rest }
}

function checkContract(
  { role, contract, contractDate }: ProcessorObject['spec'],
  report: ObjectReport,
): void {
  if (contractDate !== undefined && !isDate(contractDate)) {
    tellError(
      report,
      ['spec', 'contractDate'],
      `${contractDate} is no day of a calendar`,
      'Write it as 2026-01-15.',
    )
  }
  if (role !== 'processor' || contract !== undefined) return
  tellWarning(
    report,
    ['spec', 'role'],
    'a processor needs a contract (GDPR Art. 28(3)), and none is named',
    'Add contract with its reference, and contractDate.',
  )
}

/** The 30th of February is in the form of a date. */
function isDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** A third country needs a ground for the transfer, and one that there is. */
function checkTransfer(
  { country, transferMechanism }: { country: string; transferMechanism?: TransferMechanism },
  report: ObjectReport,
  path: readonly (string | number)[],
): void {
  const now = Date.now()
  const adequacy = adequacyOf(country, now)
  if (adequacy === 'eea') return
  if (transferMechanism === 'adequacy-decision' && adequacy === 'none') {
    tellWarning(
      report,
      [...path, 'transferMechanism'],
      `there is no adequacy decision for ${country}`,
      'Name what the transfer rests on: standard-contractual-clauses, binding-corporate-rules, derogation.',
    )
  }
  const isMissing = transferMechanism === undefined || transferMechanism === 'none-needed'
  if (!isMissing || adequacy === 'full') return
  tellWarning(
    report,
    [...path, transferMechanism === undefined ? 'country' : 'transferMechanism'],
    `${adequacyText(country, now)}: a transfer there needs a ground (GDPR Art. 44)`,
    'Add transferMechanism, and transferReference with which clauses or decision.',
  )
}
