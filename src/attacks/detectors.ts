import type { RequestDetector, ValueDetector } from './detector.ts'

/** What judges each view of each value. */
export const valueDetectors: readonly ValueDetector[] = []

/** What judges each request's head as a whole. */
export const requestDetectors: readonly RequestDetector[] = []
