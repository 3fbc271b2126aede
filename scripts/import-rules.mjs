// Holds the import graph of src against the invariants of docs/ARCHITECTURE.md, which are tables in import-rules/rules.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCycles } from './import-rules/cycles.mjs'
import { readModule } from './import-rules/read-module.mjs'
import * as rules from './import-rules/rules.mjs'

/**
 * @typedef {import('./import-rules/read-module.mjs').Module} Module
 * @typedef {import('./import-rules/read-module.mjs').Import} Import
 * @typedef {Map<string, Module>} Modules by path from the root, with `/`
 */

/**
 * @param {string} root folder that has src
 * @returns {string[]} what is wrong, each as `path:line: …`; nothing where all is well
 */
export function checkImports(root) {
  const modules = readModules(root)
  const problems = []
  for (const [path, module] of modules) {
    for (const entry of module.imports)
      problems.push(...checkImport(path, entry, root).map(at(path, entry.line)))
    if (rules.pureFolders.has(folderOf(path))) problems.push(...checkPurity(path, module))
  }
  for (const cycle of findCycles(graphOf(modules)))
    problems.push(`${cycle[0]}: a cycle of ${cycle.join(', ')}`)
  return [...problems, ...checkStart(modules), ...checkConsole(root)]
}

/** Modules of src that are not tests or what tests share. @param {string} root @returns {Modules} */
function readModules(root) {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/(\.test|(^|[/-])fixtures)\.ts$/.test(path))
    .map((path) => posix.join('src', path))
    .toSorted()
  return new Map(paths.map((path) => [path, readModule(path, readFileSync(join(root, path), 'utf8'))]))
}

/** @param {string} path @param {Import} entry @param {string} root @returns {string[]} */
function checkImport(path, { specifier, names }, root) {
  const target = resolve(path, specifier)
  if (target === undefined) return checkPackage(path, packageOf(specifier), names)
  if (!existsSync(join(root, target))) return [`${specifier} does not exist`]
  return target.startsWith('src/')
    ? [...checkLayer(folderOf(path), folderOf(target)), ...checkShared(path, target)]
    : []
}

/** The console knows the API by its types alone. @param {string} root @returns {string[]} */
function checkConsole(root) {
  const folder = 'console/src'
  if (!existsSync(join(root, folder))) return []
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => posix.join(folder, path))
    .toSorted()
  return paths.flatMap((path) =>
    readModule(path, readFileSync(join(root, path), 'utf8')).imports.flatMap(({ specifier, line }) => {
      const target = resolve(path, specifier)
      const isOwn = target === undefined || target.startsWith(`${folder}/`) || target === rules.consoleImports
      return isOwn ? [] : [`${path}:${line}: the console may import ${rules.consoleImports} only`]
    }),
  )
}

/** @param {string} from @param {string} to folders of src @returns {string[]} */
function checkLayer(from, to) {
  if (from === to) return []
  const [row, targetRow] = [from, to].map((folder) =>
    rules.layers.findIndex((layer) => layer.includes(folder)),
  )
  const unknown = [from, to].filter((_, i) => [row, targetRow][i] === -1)
  if (unknown.length > 0)
    return unknown.map((folder) => `${folder} has no place in the layers of import-rules/rules.mjs`)
  if (targetRow <= row) return [`${from} may not import ${to}: imports go downwards`]
  const forbidden = /** @type {Record<string, { folders: string[], why: string }>} */ (
    rules.forbiddenFolders
  )[from]
  return forbidden?.folders.includes(to) ? [`${from} may not import ${to}: ${forbidden.why}`] : []
}

/** @param {string} path @param {string} target @returns {string[]} */
function checkShared(path, target) {
  const { path: shared, folders } = rules.sharedWithConsole
  if (!path.startsWith(shared)) return []
  const folder = target.startsWith(shared) ? 'api/contract' : folderOf(target)
  return folders.has(folder) ? [] : [`${shared} is shared with the console and may not import ${target}`]
}

/** @param {string} path @param {string} name of a package or of Node's modules @param {string[]} names @returns {string[]} */
function checkPackage(path, name, names) {
  const folder = folderOf(path)
  const owners = /** @type {Record<string, string[]>} */ (rules.owners)[name]
  const problems = []
  if (owners && !owners.includes(folder)) problems.push(`only ${owners.join(' and ')} may import ${name}`)
  const { path: shared, packages } = rules.sharedWithConsole
  if (path.startsWith(shared) && !packages.has(name))
    problems.push(`${shared} is shared with the console and may not import ${name}`)
  if (!rules.pureFolders.has(folder)) return problems
  if (!rules.pureImports.has(name)) problems.push(`${folder} is pure and may not import ${name}`)
  for (const impure of names.filter((each) => rules.impureNames.has(each)))
    problems.push(`${folder} is pure and may not import ${impure}`)
  return problems
}

/** @param {string} path @param {Module} module @returns {string[]} */
function checkPurity(path, { impure, throws }) {
  const folder = folderOf(path)
  const mayThrow = rules.mayThrow.some((each) => path.startsWith(each.path))
  return [
    ...impure.map(({ what, line }) => at(path, line)(`${folder} is pure and may not use ${what}`)),
    ...(mayThrow
      ? []
      : throws.map(({ line }) => at(path, line)(`${folder} is pure and never throws on input`))),
  ]
}

/** What a program loads before it does anything. @param {Modules} modules @returns {string[]} */
function checkStart(modules) {
  const problems = []
  for (const { entry, never } of rules.startsWithout.filter((rule) => modules.has(rule.entry))) {
    for (const [path, name] of packagesAtStart(modules, entry)) {
      if (never.includes(name)) problems.push(`${path}: ${entry} may not load ${name} when it starts`)
    }
  }
  return problems
}

/** @param {Modules} modules @param {string} entry @returns {[path: string, package: string][]} */
function packagesAtStart(modules, entry) {
  /** @type {[string, string][]} */
  const packages = []
  const reached = new Set([entry])
  for (const path of reached) {
    for (const { specifier, kind } of modules.get(path)?.imports ?? []) {
      if (kind !== 'value') continue
      const target = resolve(path, specifier)
      if (target === undefined) packages.push([path, packageOf(specifier)])
      else reached.add(target)
    }
  }
  return packages
}

/** Type imports count: types that know each other in a circle are one subject. @param {Modules} modules */
function graphOf(modules) {
  /** @type {Map<string, string[]>} */
  const graph = new Map()
  for (const [path, { imports }] of modules) {
    const now = imports.filter(({ kind }) => kind !== 'later')
    graph.set(
      path,
      now.flatMap(({ specifier }) => resolve(path, specifier) ?? []),
    )
  }
  return graph
}

/** @param {string} path @param {string} specifier @returns {string | undefined} undefined for a package */
function resolve(path, specifier) {
  return specifier.startsWith('.') ? posix.join(dirname(path), specifier) : undefined
}

/** `@grpc/grpc-js/build/src` is of `@grpc/grpc-js`, `node:fs/promises` of `node:fs`. @param {string} specifier */
function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** @param {string} path under src */
function folderOf(path) {
  return path.split('/')[1].replace(/\.ts$/, '')
}

/** @param {string} path @param {number} line @returns {(problem: string) => string} */
function at(path, line) {
  return (problem) => `${path}:${line}: ${problem}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkImports(fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
