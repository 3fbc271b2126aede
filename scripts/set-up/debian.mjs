import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runQuietly } from '../quiet-command.mjs'
import { packages } from './packages.mjs'
import { excerpt, say, sayWhile } from './set-up-report.mjs'

/**
 * @typedef {import('./packages.mjs').DebianPackage} DebianPackage
 * @typedef {import('./packages.mjs').Purpose} Purpose
 */

/** Another apt that is at work is waited for. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=120']
/** Where daemons are that are not on everyone's PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/**
 * Installs what is missing of the Debian packages for these purposes; where it may not, says what does not work.
 *
 * @param {Purpose[]} purposes
 */
export async function bringPackages(purposes) {
  const missing = missingPackages(purposes)
  if (missing.length === 0) return
  const mayInstall = process.geteuid?.() === 0 && existsSync('/etc/debian_version')
  if (mayInstall) await install(missing.map(({ name }) => name))
  for (const { name, without } of missing.filter((each) => !isThere(each.sign)))
    say(`${name} is missing: ${without} will not work${mayInstall ? '' : ` (apt-get install ${name})`}`)
}

/** @param {Purpose[]} purposes @returns {DebianPackage[]} each once */
export function missingPackages(purposes) {
  const wanted = new Map(purposes.flatMap((purpose) => packages[purpose]).map((each) => [each.name, each]))
  return [...wanted.values()].filter(({ sign }) => !isThere(sign))
}

/** @param {string} sign program on the PATH, or path of a file in which `*` stands for one name */
function isThere(sign) {
  if (!sign.startsWith('/')) {
    const folders = [...(process.env.PATH ?? '').split(':'), ...SYSTEM_FOLDERS]
    return folders.some((folder) => existsSync(join(folder, sign)))
  }
  const [before, after] = sign.split('*')
  if (after === undefined) return existsSync(sign)
  return existsSync(before) && readdirSync(before).some((name) => existsSync(`${before}${name}${after}`))
}

/** @param {string[]} names */
async function install(names) {
  const restore = keepServicesDown()
  try {
    const { ok, output } = await sayWhile(`apt-get install ${names.join(' ')}`, async () => {
      // Its failure says nothing yet: a machine without a network may have its packages on disk.
      const { seconds } = await runApt(['update'])
      const installed = await runApt(['install', '-y', '--no-install-recommends', ...names])
      return { ...installed, seconds: seconds + installed.seconds }
    })
    if (!ok) say(excerpt(output))
  } finally {
    restore()
  }
}

/** @param {string[]} args */
function runApt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return runQuietly('apt-get', ['-q', ...WAIT_FOR_LOCK, ...args], { env })
}

/**
 * Debian starts a service that it installs, and makes a database cluster: neither was asked for. Two files that Debian
 * reads keep it from that, and are taken away again, on Ctrl-C as well; what an administrator put there stays.
 */
function keepServicesDown() {
  const files = [
    { path: '/usr/sbin/policy-rc.d', text: '#!/bin/sh\nexit 101\n', mode: 0o755 },
    {
      path: '/etc/postgresql-common/createcluster.d/pavise.conf',
      text: 'create_main_cluster = false\n',
      mode: 0o644,
    },
  ].filter(({ path }) => !existsSync(path))
  for (const { path, text, mode } of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode })
  }
  const remove = () => files.forEach(({ path }) => rmSync(path, { force: true }))
  const interrupted = () => process.exit(130)
  process.on('exit', remove).on('SIGINT', interrupted).on('SIGTERM', interrupted)
  return () => {
    remove()
    process.off('exit', remove).off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}
