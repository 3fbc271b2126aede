import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const commands = ['sh', 'sleep', 'ip', 'nc', 'wget', 'httpd', 'cat', 'ls', 'true']

/** Writes a root file system with nothing but a static busybox as a tar archive: what `docker import` takes. */
export function writeBusyboxArchive(folder: string): string {
  const rootFolder = join(folder, 'busybox')
  const archive = join(folder, 'busybox.tar')
  for (const name of ['bin', 'tmp', 'etc', 'proc', 'sys', 'dev'])
    mkdirSync(join(rootFolder, name), { recursive: true })
  copyFileSync('/bin/busybox', join(rootFolder, 'bin/busybox'))
  for (const command of commands) symlinkSync('busybox', join(rootFolder, 'bin', command))
  execFileSync('tar', ['-C', rootFolder, '-cf', archive, '.'])
  return archive
}
