import { watch } from 'node:fs'

/**
 * Calls when something in a folder may have come or gone; never where the folder is not there.
 *
 * @param names Those that count; undefined for all.
 */
export function watchFolder(
  folder: string,
  names: ReadonlySet<string> | undefined,
  onChange: () => void,
): { close(): void } | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name === null || names === undefined || names.has(name)) onChange()
    })
    return watcher.on('error', () => watcher.close())
  } catch {
    return undefined
  }
}
