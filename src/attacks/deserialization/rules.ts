import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'deserialization', id: `deserialization.${name}`, points, level, what }
}

export const rules = {
  java: rule('java', 5, 1, 'a serialised object of Java'),
  gadget: rule('gadget', 5, 1, 'a class by which deserialisation runs code'),
  php: rule('php', 5, 1, 'a serialised object of PHP'),
  python: rule('python', 5, 1, 'a pickle of Python'),
  dotNet: rule('dot-net', 5, 1, 'a serialised object of .NET'),
  ruby: rule('ruby', 5, 1, 'a marshalled object of Ruby'),
  node: rule('node', 5, 1, 'a serialised function of Node'),
  yaml: rule('yaml', 5, 1, 'a tag of YAML that makes an object'),
  typeName: rule('type-name', 5, 1, 'the name of a type that the receiver would make'),
  prototype: rule('prototype', 5, 1, 'a name by which the prototype of all objects is changed'),
  mention: rule('mention', 5, 3, 'a mention of what attacks on deserialisation use'),
} as const
