import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { defaultRetention } from '../../store/limits.ts'
import { type Check, lacking, limited, ok } from './check.ts'
import { doctorLimits } from './limits.ts'

/** `f_type` of file systems on which a store is not what it seems, from linux/magic.h. */
const memoryTypes = new Set([0x0102_1994, 0x8584_58f6]) // tmpfs, ramfs
const networkTypes = new Set([0x6969, 0xff53_4d42, 0xfe53_4d42, 0x517b]) // NFS, CIFS, SMB2, SMB

export interface Disk {
  folder: string
  /** Bytes that are free for this user. */
  freeBytes: number
  /** As `statfs` gives it. */
  fileSystem: number
}

/** The file system on which the state folder is, or will be. */
export function probeDisk(folder: string): Disk {
  let nearest = folder
  while (!existsSync(nearest)) nearest = dirname(nearest)
  const { bavail, bsize, type } = statfsSync(nearest)
  return { folder, freeBytes: bavail * bsize, fileSystem: type }
}

export function checkDisk({ folder, freeBytes, fileSystem }: Disk): Check {
  const found = `${gibibytes(freeBytes)} free for ${folder}`
  const neededBytes = defaultRetention.maxBytes + doctorLimits.storeSpareBytes
  if (networkTypes.has(fileSystem)) {
    return lacking('disk', {
      found: `${folder} is on a network file system`,
      costs: 'The store cannot be opened safely: its locks do not hold there.',
      nextStep: 'Choose a folder on a local disk with --state-dir.',
    })
  }
  if (memoryTypes.has(fileSystem)) {
    return limited('disk', {
      found: `${folder} is in memory`,
      costs: 'What is stored takes memory and is gone when the machine starts again.',
      nextStep: 'Choose a folder on a disk with --state-dir.',
    })
  }
  if (freeBytes < neededBytes) {
    return limited('disk', {
      found,
      costs: `The store may grow to ${gibibytes(defaultRetention.maxBytes)}; with a full disk it stops taking records.`,
      nextStep:
        'Free some space, choose another folder with --state-dir, or a smaller store with --store-size.',
    })
  }
  return ok('disk', found)
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
