import { defaultPersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import type { MapContext } from './data-flow-map.ts'
import type { ObservedData, ObservedFlow, ObservedParty } from './observed-flow.ts'

/** What tests of the map share. */

export function workload(service: string, change: Partial<ObservedParty> = {}): ObservedParty {
  return { kind: 'workload', id: `docker:${service}`, name: service, service, namespace: 'clinic', ...change }
}

export function server(name: string, port = 443): ObservedParty {
  return { kind: 'server', id: `${name}:${port}`, name: `${name}:${port}` }
}

export const outside: ObservedParty = { kind: 'outside', id: 'outside', name: 'outside' }

export function data(
  identifier: string,
  category: ObservedData['category'],
  change: Partial<ObservedData> = {},
): ObservedData {
  const seen = { count: 10, masked: '***', field: 'http.body $.x', last: 5_000 }
  return { identifier, category, direction: 'to-server', ...seen, ...change }
}

export function observed(
  client: ObservedParty,
  to: ObservedParty,
  change: Partial<ObservedFlow> = {},
): ObservedFlow {
  return {
    ...{ client, server: to, application: 'HTTP', encrypted: false, flows: 2 },
    ...{ bytesToServer: 100, bytesToClient: 200, first: 1_000, last: 5_000 },
    ...{ addresses: [], dnsNames: [], tlsVersions: [], flowIds: ['f1'], carried: [] },
    subjects: { toServer: 'ab', toClient: '' },
    ...change,
  }
}

export function processor(change: Partial<ProcessorDefinition> = {}): ProcessorDefinition {
  return {
    ...{ name: 'lab', displayName: 'Lab', role: 'processor', country: 'DE' },
    ...{ categories: ['identity'], addresses: ['*.lab.example'], groups: [] },
    ...change,
  }
}

/** Persons are the letters of `subjects`; partners are who is called as one of their addresses says. */
export function context(processors: readonly ProcessorDefinition[] = []): MapContext {
  const places: Record<string, string> = { '192.0.2.1': 'DE', '192.0.2.2': 'CN', '192.0.2.3': 'US' }
  return {
    processors: new Map(processors.map((each) => [each.name, each])),
    processorOf: ({ name }) =>
      processors.find(({ addresses }) => addresses.some((each) => name.includes(each.replace('*', ''))))
        ?.name,
    resembledBy: ({ name }) => (name.startsWith('sni.') ? processors[0]?.name : undefined),
    countryOf: (address) =>
      Object.hasOwn(places, address) ? { country: places[address], confidence: 'high' } : null,
    labels: defaultPersonalDataLabels,
    now: Date.UTC(2026, 10, 21),
    personsIn: (subjects) => subjects.length,
  }
}

export function joinLetters(texts: readonly string[]): string {
  return [...new Set(texts.join(''))].join('')
}
