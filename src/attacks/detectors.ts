import { commandInjection } from './command-injection/detector.ts'
import { crossSiteScripting } from './cross-site-scripting/detector.ts'
import type { RequestDetector, ValueDetector } from './detector.ts'
import { tellingLiterals } from './literals/detector.ts'
import { pathTraversal } from './path-traversal/detector.ts'
import { sqlDetector } from './sql/sql-detector.ts'

/** What judges each view of each value. */
export const valueDetectors: readonly ValueDetector[] = [
  tellingLiterals,
  crossSiteScripting,
  commandInjection,
  pathTraversal,
  sqlDetector,
]

/** What judges each request's head as a whole. */
export const requestDetectors: readonly RequestDetector[] = []
