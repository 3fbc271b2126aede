import type { ProcessorDefinition, TransferMechanism } from '../../model/processor.ts'
import { adequacyOf, adequacyText } from '../countries.ts'
import type { Transfer } from '../map/transfer.ts'
import { isGrounded } from '../map/transfer-flags.ts'
import { partyLabel } from './activities.ts'
import { distinct, type DocumentSources } from './document.ts'

/**
 * What transfers to third countries rest on, as GDPR Article 30(1)(e) asks: a line for each country outside the EEA that a recipient is in,
 * and for each of its sub-processors in one. Each once.
 */
export function transferGrounds(
  transfers: readonly Transfer[],
  { processors, now }: Pick<DocumentSources, 'processors' | 'now'>,
): string[] {
  const byName = new Map(processors.map((each) => [each.name, each]))
  return distinct(
    transfers.flatMap((transfer) => {
      const processor = byName.get(transfer.recipient.processor?.name ?? '')
      return [...recipientGrounds(transfer, processor, now), ...subProcessorGrounds(processor, now)]
    }),
  )
}

function recipientGrounds(
  { recipient, groundless }: Transfer,
  processor: ProcessorDefinition | undefined,
  now: number,
): string[] {
  return recipient.countries
    .filter(({ country }) => adequacyOf(country, now) !== 'eea')
    .map(({ country, confidence }) => {
      const where = confidence === null ? `${country}, as declared` : `${country} (${confidence} confidence)`
      const sub = processor?.subProcessors?.find((each) => each.country === country)
      const ground = groundless.includes(country)
        ? missing(country, now)
        : groundText(country, sub ?? processor ?? {}, now)
      return `${partyLabel(recipient)}, ${where}: ${ground}`
    })
}

/** Declared of them; what goes on to them is not seen. */
function subProcessorGrounds(processor: ProcessorDefinition | undefined, now: number): string[] {
  return (processor?.subProcessors ?? [])
    .filter(({ country }) => adequacyOf(country, now) !== 'eea')
    .map(({ name, country, transferMechanism }) => {
      const mechanism = transferMechanism ?? processor?.transferMechanism
      const ground = isGrounded(country, mechanism, now)
        ? groundText(country, { transferMechanism: mechanism }, now)
        : missing(country, now)
      return `${name} (sub-processor of ${processor?.displayName}), ${country}, as declared: ${ground}`
    })
}

function missing(country: string, now: number): string {
  return `no ground declared; ${adequacyText(country, now)}`
}

/** `standard-contractual-clauses ((EU) 2021/914, module 2)`; a decision where nothing else is declared. */
function groundText(
  country: string,
  { transferMechanism: mechanism, transferReference: reference }: Grounds,
  now: number,
): string {
  if (mechanism === undefined || mechanism === 'none-needed') return adequacyText(country, now)
  return reference === undefined ? mechanism : `${mechanism} (${reference})`
}

interface Grounds {
  transferMechanism?: TransferMechanism | undefined
  transferReference?: string
}
