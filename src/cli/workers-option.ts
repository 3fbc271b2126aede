import { availableParallelism } from 'node:os'
import { InvalidArgumentError, Option } from 'commander'

/** Threads beyond this bring nothing on one node's traffic, and each costs memory. */
const mostWorkers = 32

/** `--workers`: how many threads inspect. */
export function workersOption(): Option {
  return new Option('--workers <number>', 'threads that inspect')
    .env('PAVISE_WORKERS')
    .argParser(toWorkers)
    .default(Math.min(availableParallelism(), mostWorkers), 'one a core')
}

function toWorkers(text: string): number {
  const workers = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (workers < 1 || workers > mostWorkers)
    throw new InvalidArgumentError(`The number of workers is from 1 to ${mostWorkers}.`)
  return workers
}
