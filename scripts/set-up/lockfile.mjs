import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './set-up-report.mjs'

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {Record<string, LockedPackage>} LockedPackages by path from the root, `node_modules/…`
 */

/**
 * @param {string} path of a lockfile, from the root
 * @returns {LockedPackages}
 */
export function readLockfile(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
}

/**
 * Optional dependencies that a lockfile does not name. npm leaves out those that the registry at hand lacks, which a
 * mirror may do with builds for other systems than its own; `npm ci` then refuses the lockfile.
 *
 * @param {LockedPackages} packages
 * @returns {LockedPackages} what is to be added: version and system, by which npm passes over them where they do not fit
 */
export function missingBuilds(packages) {
  /** @type {LockedPackages} */
  const missing = {}
  for (const { dev, optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`
      const system = systemOf(name)
      if (!packages[path] && system)
        missing[path] = { version, ...system, ...(dev && { dev }), optional: true }
    }
  }
  return missing
}

/** Adds to package-lock.json what `missingBuilds` finds, in npm's order. */
export function completeLockfile() {
  const path = join(root, 'package-lock.json')
  const lockfile = JSON.parse(readFileSync(path, 'utf8'))
  const all = Object.entries({ ...lockfile.packages, ...missingBuilds(lockfile.packages) })
  lockfile.packages = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify(lockfile, undefined, 2)}\n`)
}

/** From a name such as `@oxlint/binding-linux-arm-musleabihf`. @param {string} name @returns {LockedPackage | undefined} */
function systemOf(name) {
  const parts = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(gnu|musl))?/.exec(name)
  if (!parts) return undefined
  const [, os, cpu, libc] = parts
  const libraries = libc === 'musl' ? ['musl'] : ['glibc']
  return { os: [os], cpu: [cpu], ...(os === 'linux' && libc && { libc: libraries }) }
}
