import { objectKey, objectName, type PlacedObject } from './placed-object.ts'
import type { PolicyObject } from './schemas.ts'
import { objectLimits } from '../limits.ts'

/** What is another in an object: `before` is undefined where it was added, `after` where it was removed. */
export interface Detail {
  /** `spec.ingress[web].ports`. */
  path: string
  before?: unknown
  after?: unknown
}

export interface ObjectChange {
  change: 'added' | 'removed' | 'changed'
  kind: string
  /** With its namespace where it has one: `clinic/nv.api.clinic`. */
  name: string
  /** Of one that changed, at most `objectLimits.detailsPerChange`. */
  details: Detail[]
  /** How many details are left out. */
  moreDetails: number
}

/** Those of `applied` in the place of those of the same kind and name; with `only`, no others stay. */
export function mergeObjects(
  current: readonly PlacedObject[],
  applied: readonly PlacedObject[],
  only: boolean,
): PlacedObject[] {
  const merged = new Map(only ? [] : current.map((each) => [objectKey(each.object), each]))
  for (const each of applied) merged.set(objectKey(each.object), each)
  return [...merged.values()]
}

/** What leads from some objects to others: removed, added, changed, each by kind and name. Where they are written does not count. */
export function objectChanges(
  before: readonly PlacedObject[],
  after: readonly PlacedObject[],
): ObjectChange[] {
  const old = new Map(before.map(({ object }) => [objectKey(object), object]))
  const present = after.flatMap(({ object }) => {
    const known = old.get(objectKey(object))
    old.delete(objectKey(object))
    if (known === undefined) return [changeOf('added', object, [])]
    const details = [...detailsBetween('', known, object)]
    return details.length === 0 ? [] : [changeOf('changed', object, details)]
  })
  return [...[...old.values()].map((object) => changeOf('removed', object, [])), ...present]
}

function changeOf(change: ObjectChange['change'], object: PolicyObject, details: Detail[]): ObjectChange {
  const shown = details.slice(0, objectLimits.detailsPerChange)
  const moreDetails = details.length - shown.length
  return { change, kind: object.kind, name: objectName(object), details: shown, moreDetails }
}

type Plain = Record<string, unknown>

function* detailsBetween(path: string, before: unknown, after: unknown): Generator<Detail> {
  if (JSON.stringify(before) === JSON.stringify(after)) return
  const [old, fresh] = [membersOf(before), membersOf(after)]
  if (old === undefined || fresh === undefined) return yield detailOf(path, before, after)
  const [oldOrder, order] = [[...old.keys()], [...fresh.keys()]]
  const isMoved = Array.isArray(after) && oldOrder.length === order.length && isSameSet(oldOrder, order)
  if (isMoved && oldOrder.join() !== order.join()) yield detailOf(`${path} (order)`, oldOrder, order)
  for (const key of new Set([...old.keys(), ...fresh.keys()]))
    yield* detailsBetween(joined(path, key), old.get(key), fresh.get(key))
}

function detailOf(path: string, before: unknown, after: unknown): Detail {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).isSubsetOf(new Set(b))
}

function joined(path: string, key: string): string {
  return path === '' || key.startsWith('[') ? `${path}${key}` : `${path}.${key}`
}

/** Parts of an object by key; of a list by the names of its items, else by their place. Undefined for what has no parts. */
function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value as Plain))
  if (value.some((item) => typeof item !== 'object')) return undefined
  const names = value.map((item, i) => `[${nameOf(item as Plain) ?? i}]`)
  return new Set(names).size === names.length ? new Map(names.map((name, i) => [name, value[i]])) : undefined
}

/** Rules and sensors have names, processes and files paths. */
function nameOf({ name, filter, path }: Plain): string | undefined {
  return [name, filter, path].find((text) => typeof text === 'string' && text !== '') as string | undefined
}
