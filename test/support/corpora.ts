import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What a test that wants the corpora says where they are not. */
export const noCorpora = 'the corpora are not here: set PAVISE_CORPORA to their folder'

/** A folder of the corpora, or undefined when they are not on this machine. */
export function corporaFolder(name: string): string | undefined {
  const repository = resolve(import.meta.dirname, '../..')
  const root = process.env['PAVISE_CORPORA'] ?? resolve(repository, '../shared/corpora')
  const folder = join(root, name)
  return existsSync(folder) ? folder : undefined
}

/** Every capture in the corpora, in a fixed order; empty where they are not. */
export function corporaCaptures(): string[] {
  return ['captures/pcap', 'protocols/pcap', 'transcripts'].flatMap((name) => {
    const folder = corporaFolder(name)
    if (folder === undefined) return []
    const files = readdirSync(folder).filter((file) => /\.(pcap|pcapng|cap)$/.test(file))
    return files.toSorted().map((file) => join(folder, file))
  })
}
