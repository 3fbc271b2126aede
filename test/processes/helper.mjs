// Runs in the control group of a container, as a process of it, and does what an intruder would: `memory` or `root`.
import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import koffi from 'koffi'

const [what] = process.argv.slice(2)
if (what === 'memory') {
  const create = koffi.load(null).func('int memfd_create(const char *, unsigned int)')
  const fd = create('harmless', 0)
  writeSync(fd, readFileSync('/bin/busybox'))
  const child = spawn(`/proc/${process.pid}/fd/${fd}`, ['20'], { argv0: 'sleep', stdio: 'ignore' })
  child.on('exit', (code, signal) => process.stdout.write(`ended ${signal ?? code}\n`))
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
