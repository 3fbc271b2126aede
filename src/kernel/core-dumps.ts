import { ProcessOption } from './constants.ts'
import { must, prctl } from './libc.ts'

/**
 * From here on this process leaves no memory behind when it crashes, whatever the system does with core dumps: there is
 * traffic in it.
 * @throws {KernelError} when the kernel refuses
 */
export function forbidCoreDumps(): void {
  must(prctl(ProcessOption.setDumpable, 0), 'forbid dumps of memory')
}

/** Whether a crash would leave a dump of the memory, as far as this process has a say. */
export function mayDumpCore(): boolean {
  return must(prctl(ProcessOption.dumpable, 0), 'ask about dumps of memory') !== 0
}
