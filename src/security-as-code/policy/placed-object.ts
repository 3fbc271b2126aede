import type { PolicyObject } from './schemas.ts'

/** An object and where it was written. */
export interface PlacedObject {
  /** `file.yaml:12`. */
  place: string
  /** As written, in its kind's form: what `writePolicy` writes. */
  object: PolicyObject
}

/** What tells an object from others, whatever it says. */
export function objectKey(object: PolicyObject): string {
  return `${object.kind} ${objectName(object)}`
}

/** With its namespace where it has one: `clinic/nv.api.clinic`. Cluster-wide kinds NeuVector writes with one that means nothing. */
export function objectName({ kind, metadata }: PolicyObject): string {
  const namespace = kind === 'NvSecurityRule' && 'namespace' in metadata ? metadata.namespace : undefined
  return namespace === undefined ? metadata.name : `${namespace}/${metadata.name}`
}
