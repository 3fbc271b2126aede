import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ContainerDetails } from '../engine/container-table.ts'
import { engineLimits } from '../limits.ts'

/**
 * A container of Podman as its storage has it (containers/storage, `overlay-containers/containers.json`): name and image. Labels are
 * in a database that Podman holds locked while it starts the container.
 *
 * @param bundle `<storage>/<driver>-containers/<id>/userdata`
 */
export async function storedContainer(bundle: string, id: string): Promise<ContainerDetails | undefined> {
  const path = join(dirname(dirname(bundle)), 'containers.json')
  const text = await readFile(path, 'utf8').catch(() => '[]')
  return text.length > engineLimits.listBytes ? undefined : readStored(text, id)
}

/** @param text of the storage's file */
export function readStored(text: string, id: string): ContainerDetails | undefined {
  const all = parse(text)
  const stored = Array.isArray(all) ? (all as Stored[]).find((each) => each?.id === id) : undefined
  if (stored === undefined) return undefined
  const metadata = parse(String(stored.metadata)) as { 'image-name'?: unknown } | null
  const image = metadata?.['image-name']
  const name = Array.isArray(stored.names) ? (stored.names as unknown[])[0] : undefined
  return {
    id,
    name: typeof name === 'string' ? name : id.slice(0, 12),
    image: typeof image === 'string' ? image : null,
    labels: {},
    ...{ pid: 0, isRunning: false, startedAt: new Date(0).toISOString() },
    networkMode: '',
    addresses: [],
    pod: undefined,
  }
}

interface Stored {
  id?: unknown
  names?: unknown
  metadata?: unknown
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
