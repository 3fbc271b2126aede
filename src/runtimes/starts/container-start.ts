/** A container that is made and waits for its first program to be run. */
export interface ContainerStart {
  /** Of its engine. */
  id: string
  /** Process that is to become the first one: its namespaces are there, and its addresses. */
  pid: number
  /** Folder of what the runtime was given. */
  bundle: string
}

/**
 * Reads what a runtime says of a container's state (OCI Runtime Specification 1.1, "State").
 *
 * @returns undefined where it is none of a container that waits to be started
 */
export function readContainerState(text: string): ContainerStart | undefined {
  const state = parse(text)
  const { id, pid, bundle, status } = state
  if (typeof id !== 'string' || id === '' || id.length > 256) return undefined
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (typeof bundle !== 'string' || status !== 'created') return undefined
  return { id, pid, bundle }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
