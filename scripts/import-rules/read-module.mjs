import { parseSync } from 'oxc-parser'
import { impureCalls, impureGlobals } from './rules.mjs'

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {string[]} names what is imported by name
 * @property {'value' | 'type' | 'later'} kind later: `import()`, or the file of a worker
 * @property {number} line
 *
 * @typedef {object} Use something that the module does besides importing
 * @property {string} what
 * @property {number} line
 *
 * @typedef {object} Module
 * @property {Import[]} imports
 * @property {Use[]} impure names of globals and calls by which code is not pure
 * @property {Use[]} throws
 *
 * @typedef {{ type: string, start: number, [key: string]: any }} Node of the syntax tree, as ESTree has it
 */

/**
 * What a module imports and does, from its syntax tree.
 *
 * @param {string} path for messages
 * @param {string} text TypeScript or JavaScript
 * @returns {Module}
 * @throws {Error} where the module does not parse
 */
export function readModule(path, text) {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  const line = lineCounter(text)
  const uses = readUses(program, line)
  return { ...uses, imports: [...staticImports(module, line), ...uses.imports] }
}

/**
 * @param {import('oxc-parser').EcmaScriptModule} module
 * @param {(offset: number) => number} line
 * @returns {Import[]}
 */
function staticImports(module, line) {
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    specifier: moduleRequest.value,
    names: entries.map((entry) => entry.importName.name ?? ''),
    kind: kindOf(entries),
    line: line(start),
  }))
  const exports = module.staticExports.flatMap(({ entries, start }) =>
    entries
      .filter((entry) => entry.moduleRequest)
      .map((entry) => ({
        specifier: entry.moduleRequest?.value ?? '',
        names: [entry.importName.name ?? ''],
        kind: kindOf([entry]),
        line: line(start),
      })),
  )
  return [...imports, ...exports]
}

/** An import of nothing by name runs the module. @param {{ isType: boolean }[]} entries @returns {'type' | 'value'} */
function kindOf(entries) {
  return entries.length > 0 && entries.every((entry) => entry.isType) ? 'type' : 'value'
}

/** @param {Node} program @param {(offset: number) => number} line @returns {Module} */
function readUses(program, line) {
  /** @type {Module} */
  const module = { imports: [], impure: [], throws: [] }
  walk(program, (node, parent, key) => {
    const at = { line: line(node.start) }
    const later = laterImport(node)
    if (later !== undefined) module.imports.push({ ...at, specifier: later, names: [], kind: 'later' })
    const impure = impurity(node, parent, key)
    if (impure !== undefined) module.impure.push({ ...at, what: impure })
    if (node.type === 'ThrowStatement') module.throws.push({ ...at, what: 'throw' })
  })
  return module
}

/** `import('…')` and `new URL('….ts', import.meta.url)`. @param {Node} node @returns {string | undefined} */
function laterImport(node) {
  if (node.type === 'ImportExpression') return node.source.value ?? '(an expression)'
  const isUrl = node.type === 'NewExpression' && node.callee.name === 'URL' && node.arguments.length === 2
  const path = isUrl ? node.arguments[0].value : undefined
  return typeof path === 'string' && /^\..*\.(ts|mjs)$/.test(path) ? path : undefined
}

/** @param {Node} node @param {Node} parent @param {string} key @returns {string | undefined} */
function impurity(node, parent, key) {
  if (node.type === 'MemberExpression' && !node.computed) {
    const name = `${node.object.name}.${node.property.name}`
    return impureCalls.has(name) ? name : undefined
  }
  const isDate = node.type === 'NewExpression' || node.type === 'CallExpression'
  if (isDate && node.callee.name === 'Date' && node.arguments.length === 0) return 'Date()'
  return node.type === 'Identifier' && impureGlobals.has(node.name) && !isPropertyName(parent, key)
    ? node.name
    : undefined
}

/** `x.process` and `{ process: 1 }` name a property, not the global. @param {Node} parent @param {string} key */
function isPropertyName(parent, key) {
  if (key === 'property') return !parent.computed
  return key === 'key' && !parent.computed && !parent.shorthand
}

/** Syntax of TypeScript that holds an expression; the rest is types. */
const typedExpressions = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
])

/**
 * Every node that runs, without types.
 *
 * @param {Node} node
 * @param {(node: Node, parent: Node, key: string) => void} visit
 */
function walk(node, visit) {
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type !== 'string') continue
      if (child.type.startsWith('TS') && !typedExpressions.has(child.type)) continue
      visit(child, node, key)
      walk(child, visit)
    }
  }
}

/** @param {string} text @returns {(offset: number) => number} the line, from 1, of an offset */
function lineCounter(text) {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    const after = starts.findIndex((start) => start > offset)
    return after === -1 ? starts.length : after
  }
}
