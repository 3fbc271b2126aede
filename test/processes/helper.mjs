// Runs in the control group of a container, as a process of it, and does what an intruder would: `memory` or `root`.
import { spawn } from 'node:child_process'
import { openSync, readFileSync, writeSync } from 'node:fs'
import koffi from 'koffi'

const [what, pid] = process.argv.slice(2)
if (what === 'memory') {
  const library = koffi.load(null)
  const create = library.func('int memfd_create(const char *, unsigned int)')
  const fd = create('harmless', 0)
  writeSync(fd, readFileSync('/bin/busybox'))
  // CLONE_FS, then CLONE_NEWNS: a thread that shares its root with others cannot enter.
  library.func('int unshare(int)')(0x200)
  library.func('int setns(int, int)')(openSync(`/proc/${pid}/ns/mnt`, 'r'), 0x2_0000)
  // This process becomes that program.
  library.func('int fexecve(int, const char **, const char **)')(fd, ['sleep', '20', null], [null])
} else if (what === 'root') {
  // The child becomes root; its parent is not.
  const child = spawn(process.execPath, [process.argv[1], 'become'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  process.setegid?.(1000)
  process.seteuid?.(1000)
  child.stdin.end('\n')
  child.on('exit', (code, signal) => process.stdout.write(`ended ${signal ?? code}\n`))
} else {
  process.stdin.once('data', () => {
    process.seteuid?.(1000)
    process.seteuid?.(0)
    setTimeout(() => undefined, 20_000)
  })
}
