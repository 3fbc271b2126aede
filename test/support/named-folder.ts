import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { LabNode } from './network-lab.ts'

/** A folder in which these nodes of a lab alone have a name: whoever looks there takes the others for somebody outside. */
export function folderWith(t: Pick<TestContext, 'after'>, ...nodes: LabNode[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-named-'))
  for (const { name, path } of nodes) {
    writeFileSync(join(folder, name), '')
    execFileSync('mount', ['--bind', path, join(folder, name)])
  }
  t.after(() => {
    for (const { name } of nodes) execFileSync('umount', ['--lazy', join(folder, name)])
    rmSync(folder, { recursive: true })
  })
  return folder
}
