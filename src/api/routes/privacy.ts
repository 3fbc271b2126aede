import type { Static } from 'typebox'
import type { Controller } from '../../controller/controller.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { countryRulesDate, countryRulesSource } from '../../privacy/countries.ts'
import type { Transfer, TransferParty } from '../../privacy/map/transfer.ts'
import type { NamespaceScope } from '../../store/store.ts'
import { operations } from '../contract/operations.ts'
import type { processorItem, transferItem } from '../contract/privacy-schemas.ts'
import type { Route } from '../route.ts'
import { scopeOf } from './listings.ts'

/** What is declared of flows of personal data, and what was seen. */
export function privacyRoutes({ privacy }: Controller): Route[] {
  return [
    {
      operation: operations.transfers,
      answer: ({ identity }) => ({
        items: privacy
          .transfers()
          .filter(isWithin(scopeOf(identity.caller)))
          .map(showTransfer),
        countries: { ...privacy.countrySource, rules: countryRulesSource, rulesDate: countryRulesDate },
      }),
    },
    {
      operation: operations.processors,
      answer: () => {
        const transfers = privacy.transfers()
        return { items: privacy.processors().map((each) => showProcessor(each, transfers)) }
      },
    },
  ]
}

/** One end has to be in one of the namespaces. */
function isWithin({ namespaces }: NamespaceScope) {
  const holds = ({ namespace }: TransferParty) => namespaces?.includes(namespace ?? '') ?? true
  return ({ sender, recipient }: Transfer) => holds(sender) || holds(recipient)
}

function showTransfer(transfer: Transfer): Static<typeof transferItem> {
  const { first, last, categories, tlsVersions, flowIds, flags, beyond, ...rest } = transfer
  return {
    type: 'transfer',
    ...rest,
    sender: showParty(rest.sender),
    recipient: showParty(rest.recipient),
    categories: categories.map((each) => ({
      ...each,
      identifiers: [...each.identifiers],
      last: time(each.last),
    })),
    ...{ tlsVersions: [...tlsVersions], flowIds: [...flowIds], flags: [...flags], beyond: [...beyond] },
    ...{ first: time(first), last: time(last) },
  }
}

function showParty(party: TransferParty): Static<typeof transferItem>['sender'] {
  const { workloads, addresses, dnsNames, countries, ...rest } = party
  return {
    ...rest,
    ...{ workloads: [...workloads], addresses: [...addresses], dnsNames: [...dnsNames] },
    countries: [...countries],
  }
}

function showProcessor(
  { subProcessors, purposes, securityMeasures, ...rest }: ProcessorDefinition,
  all: readonly Transfer[],
): Static<typeof processorItem> {
  const own = all.filter(({ recipient }) => recipient.processor?.name === rest.name)
  const distinct = <Value>(values: readonly Value[]) => [...new Set(values)]
  const times = own.map(({ last }) => last)
  return {
    type: 'processor',
    ...rest,
    ...{ categories: [...rest.categories], addresses: [...rest.addresses], groups: [...rest.groups] },
    ...(subProcessors !== undefined && { subProcessors: [...subProcessors] }),
    ...(purposes !== undefined && { purposes: [...purposes] }),
    ...(securityMeasures !== undefined && { securityMeasures: [...securityMeasures] }),
    observed: {
      transfers: own.map(({ id }) => id),
      categories: distinct(own.flatMap(({ categories }) => categories.map(({ category }) => category))),
      countries: distinct(own.flatMap(({ recipient }) => recipient.countries.map(({ country }) => country))),
      persons: Math.max(0, ...own.map(({ persons }) => persons)),
      first: own.length === 0 ? null : time(Math.min(...own.map(({ first }) => first))),
      last: own.length === 0 ? null : time(Math.max(...times)),
    },
  }
}

function time(ms: number): string {
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
