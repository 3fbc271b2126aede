import type { Workload } from '../../model/workload.ts'
import type { Attributes } from './criteria.ts'

/** A workload or a node, as groups see it. */
export interface Subject {
  id: string
  kind: 'workload' | 'node'
  attributes: Attributes
  /** The group that it is learned as; null for nodes. */
  learnedGroup: string | null
}

/**
 * A workload with what its criteria may ask for. Labels of a name that has a meaning of its own, as `image`, do not count.
 *
 * @param node - name of the machine it runs on
 * @param namespaceLabels - of its Kubernetes namespace
 */
export function workloadSubject(
  workload: Workload,
  node: string,
  namespaceLabels: Readonly<Record<string, string>> = {},
): Subject {
  const service = serviceName(workload.service, workload.namespace)
  const attributes = new Map(Object.entries(workload.labels))
  attributes.delete('address')
  for (const [name, value] of Object.entries(namespaceLabels)) attributes.set(`ns:${name}`, value)
  attributes.set('image', workload.image ?? '')
  attributes.set('node', node)
  attributes.set('container', workload.name)
  attributes.set('service', service)
  attributes.set('domain', workload.namespace)
  return {
    id: workload.id,
    kind: 'workload',
    attributes,
    learnedGroup: learnedGroupName(workload.service, workload.namespace),
  }
}

export function nodeSubject(name: string): Subject {
  return { id: `node:${name}`, kind: 'node', attributes: new Map([['node', name]]), learnedGroup: null }
}

/** The group that workloads of a service are learned as. */
export function learnedGroupName(service: string, namespace: string): string {
  return `nv.${serviceName(service, namespace)}`
}

/** `<service>.<namespace>`, with NeuVector's replacement of what a group's name may not hold. */
function serviceName(service: string, namespace: string): string {
  return `${service}.${namespace}`.replace(/[/?%& ]/g, ':')
}
