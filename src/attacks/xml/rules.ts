import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'xml-external-entity', id: `xml.${name}`, points, level, what }
}

export const rules = {
  externalEntity: rule('external-entity', 5, 1, 'an entity that is read from elsewhere'),
  parameterEntity: rule('parameter-entity', 5, 1, 'an entity of a document type'),
  expansion: rule('expansion', 5, 1, 'entities made of entities, which grow without end'),
  entity: rule('entity', 3, 1, 'an entity that the document declares'),
  externalType: rule('external-document-type', 5, 1, 'a document type that is read from elsewhere'),
  inclusion: rule('inclusion', 5, 1, 'an inclusion of another document'),
  mention: rule('mention', 5, 3, 'a mention of declarations of XML'),
} as const
