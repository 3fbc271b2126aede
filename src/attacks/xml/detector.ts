import { skipBlanks } from '../characters.ts'
import type { AttackSink, ValueDetector } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'

/** Document types and entities by which a parser of XML reads files, calls addresses or runs out of memory (XML 1.0, 4.2 and 4.1). */
export const xmlExternalEntity: ValueDetector = {
  traits: Trait.lessThan,
  roles: ['value', 'document', 'file-head'],
  judge({ lower }, sink) {
    const hasDeclaration = lower.includes('<!')
    if (!hasDeclaration && !lower.includes('xi:include')) return
    if (new Talk(lower).isProse) {
      sink.report(rules.mention)
      return
    }
    if (lower.includes('<xi:include')) sink.report(rules.inclusion)
    judgeEntities(lower, sink)
    judgeDocumentType(lower, sink)
  },
}

function judgeEntities(lower: string, sink: AttackSink): void {
  let referring = 0
  let at = lower.indexOf('<!entity')
  for (let n = 0; at >= 0 && n < limits.declarations; n++) {
    const declaration = lower.slice(at + 8, declarationEnd(lower, at))
    const name = skipBlanks(declaration, 0)
    if (declaration[name] === '%') sink.report(rules.parameterEntity)
    if (hasWord(declaration, 'system') || hasWord(declaration, 'public')) sink.report(rules.externalEntity)
    else {
      sink.report(rules.entity)
      if (declaration.includes('&') && declaration.includes(';')) referring++
    }
    at = lower.indexOf('<!entity', at + 8)
  }
  if (referring > 1) sink.report(rules.expansion)
}

function declarationEnd(lower: string, at: number): number {
  const close = lower.indexOf('>', at)
  const end = close < 0 ? lower.length : close
  return Math.min(end, at + limits.declarationLength)
}

/** A keyword between blanks or quotes. */
function hasWord(declaration: string, word: string): boolean {
  const at = declaration.indexOf(word)
  if (at <= 0) return false
  const next = declaration[skipBlanks(declaration, at + word.length)]
  return declaration.charCodeAt(at - 1) <= 0x20 && (next === '"' || next === "'" || next === undefined)
}

/** Those of the W3C are in many a document, and name what every parser has at hand. */
function judgeDocumentType(lower: string, sink: AttackSink): void {
  const at = lower.indexOf('<!doctype')
  if (at < 0) return
  const declaration = lower.slice(at + 9, declarationEnd(lower, at))
  const isExternal =
    hasWord(declaration, 'system') || (hasWord(declaration, 'public') && declaration.includes('://'))
  const isKnown =
    declaration.includes('//w3c//dtd') ||
    declaration.includes('//www.w3.org/') ||
    declaration.includes('//ietf//dtd') ||
    declaration.includes('about:legacy-compat') ||
    declaration.includes('//apple')
  if (isExternal && !isKnown) sink.report(rules.externalType)
}
