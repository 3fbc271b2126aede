import { deserialization } from './deserialization/detector.ts'
import { knownExploits } from './exploits/detector.ts'
import { expressionInjection } from './expression-injection/detector.ts'
import { splitLines } from './lines/detector.ts'
import { requestForgery } from './request-forgery/detector.ts'
import { webshellCommands } from './tools/detector.ts'
import { executableUploads } from './uploads/detector.ts'
import { xmlExternalEntity } from './xml/detector.ts'
import { commandInjection } from './command-injection/detector.ts'
import { crossSiteScripting } from './cross-site-scripting/detector.ts'
import type { RequestDetector, ValueDetector } from './detector.ts'
import { tellingLiterals } from './literals/detector.ts'
import { pathTraversal } from './path-traversal/detector.ts'
import { ldapDetector } from './ldap/detector.ts'
import { nosqlDetector } from './nosql/detector.ts'
import { sqlDetector } from './sql/sql-detector.ts'

/** What judges each view of each value. */
export const valueDetectors: readonly ValueDetector[] = [
  tellingLiterals,
  crossSiteScripting,
  commandInjection,
  pathTraversal,
  expressionInjection,
  xmlExternalEntity,
  requestForgery,
  deserialization,
  splitLines,
  executableUploads,
  sqlDetector,
  nosqlDetector,
  ldapDetector,
]

/** What judges each request's head as a whole. */
export const requestDetectors: readonly RequestDetector[] = [knownExploits, webshellCommands]
