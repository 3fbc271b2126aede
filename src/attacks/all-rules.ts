import type { AttackRule } from './attack.ts'
import { rules as commandRules } from './command-injection/rules.ts'
import { rules as scriptRules } from './cross-site-scripting/rules.ts'
import { rules as deserializationRules } from './deserialization/rules.ts'
import { rules as expressionRules } from './expression-injection/rules.ts'
import { rules as ldapRules } from './ldap/detector.ts'
import { rules as lineRules } from './lines/rules.ts'
import { rules as nosqlRules } from './nosql/detector.ts'
import { rules as pathRules } from './path-traversal/rules.ts'
import { rules as requestForgeryRules } from './request-forgery/rules.ts'
import { smugglingRules } from './smuggling/rules.ts'
import { sqlRules } from './sql/rules.ts'
import { rules as statementRules } from './sql/statement-detector.ts'
import { rules as toolRules } from './tools/rules.ts'
import { rules as uploadRules } from './uploads/rules.ts'
import { rules as xmlRules } from './xml/rules.ts'

/** Rules of all detectors, but for those of `exploits/table.ts`, which are made from it. */
export const allRules: readonly AttackRule[] = [
  sqlRules,
  statementRules,
  nosqlRules,
  ldapRules,
  scriptRules,
  commandRules,
  pathRules,
  expressionRules,
  xmlRules,
  requestForgeryRules,
  deserializationRules,
  lineRules,
  uploadRules,
  toolRules,
  Object.fromEntries(smugglingRules),
].flatMap((rules) => Object.values<AttackRule>(rules))
