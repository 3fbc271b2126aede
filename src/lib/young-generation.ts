import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the part of V8's heap in which objects begin at its first size (1 MiB). It would grow to 16 MiB, three times over, and
 * stay: 100 MB for nothing where what is allocated either dies at once or lives as long as its flow. No slower where
 * that was measured (bench/inspect.ts). To be called before much is allocated, once for the process; worker threads have
 * `resourceLimits` for it.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
