import type { ProcessorDefinition, SubProcessor } from '../../model/processor.ts'
import type { Transfer } from '../map/transfer.ts'
import { distinct, type DocumentSection, type DocumentSources } from './document.ts'

const roles: ReadonlySet<string> = new Set(['processor', 'sub-processor'])

/** Declared partners with what binds them: GDPR Articles 26, 28, 30(1)(d)-(e), and what was seen to go to them. */
export function partnersSection({ processors, transfers }: DocumentSources): DocumentSection {
  return {
    title: 'Recipients and processors',
    law: 'GDPR Art. 26, 28, 30(1)(d)-(e)',
    lines: processors.length === 0 ? ['No partner is declared (kind Processor).'] : [],
    table:
      processors.length === 0
        ? null
        : {
            columns: [
              'Partner',
              'Role',
              'Country',
              'Contract',
              'Transfer rests on',
              'Sub-processors',
              'Declared',
              'Seen',
            ],
            rows: processors.map((partner) => partnerRow(partner, transfersWith(partner, transfers))),
          },
    toFill: processors.flatMap(missingFor),
  }
}

/** What processors have undertaken to do for security: GDPR Articles 28(3)(c), 32. */
export function partnerMeasuresSection({ processors }: DocumentSources): DocumentSection {
  const bound = processors.filter(({ role }) => roles.has(role))
  const lines = bound.flatMap(({ displayName, securityMeasures = [] }) =>
    securityMeasures.length === 0 ? [] : [`${displayName}, as declared: ${securityMeasures.join('; ')}.`],
  )
  return {
    title: 'Measures of processors',
    law: 'GDPR Art. 28(3)(c), 32',
    lines: bound.length === 0 ? ['No processor is declared.'] : lines,
    table: null,
    toFill: bound
      .filter(({ securityMeasures = [] }) => securityMeasures.length === 0)
      .map(({ displayName }) => `security measures of ${displayName}`),
  }
}

function transfersWith({ name }: ProcessorDefinition, transfers: readonly Transfer[]): Transfer[] {
  return transfers.filter(({ sender, recipient }) =>
    [sender, recipient].some(({ processor }) => processor?.name === name),
  )
}

function partnerRow(partner: ProcessorDefinition, transfers: readonly Transfer[]) {
  const { displayName, role, country, contract, contractDate, contact, subProcessors = [] } = partner
  const { transferMechanism = '', transferReference } = partner
  const seen = distinct(transfers.flatMap(({ categories }) => categories.map(({ category }) => category)))
  const hidden = transfers.some(({ contents }) => contents !== 'seen')
  return {
    cells: [
      contact === undefined ? displayName : `${displayName}, ${contact}`,
      ...[role, country, [contract, contractDate].filter(Boolean).join(', ')],
      transferReference === undefined ? transferMechanism : `${transferMechanism} (${transferReference})`,
      subProcessors.map(subProcessorText).join('; '),
      partner.categories.join(', '),
      [...seen, ...(hidden ? ['encrypted'] : [])].join(', ') || 'nothing',
    ],
    records: transfers.map(({ id }) => id),
  }
}

function subProcessorText({ name, country, purpose, transferMechanism }: SubProcessor): string {
  return [`${name} (${country})`, purpose, transferMechanism].filter(Boolean).join(', ')
}

function missingFor({ displayName, role, contract, contractDate }: ProcessorDefinition): string[] {
  if (!roles.has(role) && role !== 'joint-controller') return []
  const what = role === 'joint-controller' ? 'arrangement (Art. 26)' : 'contract (Art. 28(3))'
  if (contract === undefined) return [`reference of the ${what} with ${displayName}`]
  return contractDate === undefined ? [`date of the ${what} with ${displayName}`] : []
}
