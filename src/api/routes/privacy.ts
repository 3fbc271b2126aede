import type { Static } from 'typebox'
import type { Controller } from '../../controller/controller.ts'
import type { PrivacyView } from '../../controller/privacy/privacy-view.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { countryRulesDate, countryRulesSource } from '../../privacy/countries.ts'
import type { Acceptance, StandingDifference } from '../../privacy/differences/difference.ts'
import type { Transfer, TransferParty } from '../../privacy/map/transfer.ts'
import type { NamespaceScope } from '../../store/store.ts'
import { operations } from '../contract/operations.ts'
import type { AcceptBody, DifferenceParameter, ResolutionParameter } from '../contract/privacy-operations.ts'
import type { differenceItem, processorItem, transferItem } from '../contract/privacy-schemas.ts'
import { heldRoute } from '../listed-route.ts'
import { badParameter } from '../problem.ts'
import type { Route } from '../route.ts'
import { authorOf } from './author.ts'
import { scopeOf } from './listings.ts'
import { documentRoutes } from './privacy-documents.ts'

/** What is declared of flows of personal data, and what was seen. */
export function privacyRoutes(controller: Controller): Route[] {
  const { privacy } = controller
  return [...readingRoutes(privacy), ...differenceRoutes(privacy), ...documentRoutes(controller)]
}

function readingRoutes(privacy: PrivacyView): Route[] {
  return [
    heldRoute(
      operations.transfers,
      ({ identity }) =>
        privacy
          .transfers()
          .filter(isWithin(scopeOf(identity.caller)))
          .map(showTransfer),
      () => ({
        countries: { ...privacy.countrySource, rules: countryRulesSource, rulesDate: countryRulesDate },
      }),
    ),
    heldRoute(operations.processors, () => {
      const transfers = privacy.transfers()
      return privacy.processors().map((each) => showProcessor(each, transfers))
    }),
  ]
}

function differenceRoutes(privacy: PrivacyView): Route[] {
  return [
    heldRoute(operations.differences, () => privacy.differences().map(showDifference)),
    {
      operation: operations.differenceResolution,
      answer: ({ params }) => {
        const { id, how } = params as ResolutionParameter
        return { type: 'resolution', ...privacy.resolution(id, how) }
      },
    },
    {
      operation: operations.acceptDifference,
      answer: async (call) => {
        const { id } = call.params as DifferenceParameter
        const { until } = call.body as AcceptBody
        const { author, reason } = authorOf(call)
        call.audited.detail = { until }
        return showDifference(await privacy.accept(id, toMs(until), { by: author, reason }))
      },
    },
    {
      operation: operations.withdrawAcceptance,
      answer: async ({ params, identity }) => {
        const { id } = params as DifferenceParameter
        await privacy.withdraw(id, identity.caller.name)
        return {}
      },
    },
  ]
}

/** A form of a time may be right that no calendar has. */
function toMs(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw badParameter('until', 'is no time that a calendar has')
  return ms
}

function showDifference(difference: StandingDifference): Static<typeof differenceItem> {
  const { first, last, acceptance, ...rest } = difference
  const lists = {
    senders: [...rest.senders],
    categories: [...rest.categories],
    transfers: [...rest.transfers],
    resolutions: [...rest.resolutions],
  }
  return {
    type: 'difference',
    ...{ ...rest, ...lists },
    first: first === null ? null : time(first),
    last: last === null ? null : time(last),
    acceptance: acceptance === null ? null : showAcceptance(acceptance),
  }
}

function showAcceptance({ by, reason, at, until, categories }: Acceptance) {
  return { by, reason, at: time(at), until: time(until), categories: [...categories] }
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
    ...{ groundless: [...rest.groundless], elsewhere: [...rest.elsewhere] },
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
