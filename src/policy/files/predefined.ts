import type { FileRule } from '../definition.ts'
import type { Placed } from '../processes/profile.ts'

type Given = Pick<FileRule, 'filter'> & Partial<FileRule>

/** Databases of packages: who writes there installs or removes something. */
export const packageDatabases: ReadonlySet<string> = new Set([
  ...['/var/lib/dpkg/status', '/var/lib/rpm/Packages', '/var/lib/rpm/Packages.db', '/lib/apk/db/installed'],
])

/**
 * What NeuVector watches in every container: databases of packages, files that decide about names, users and log-ins, the C library
 * and its loader, and where programs are.
 */
const systemFiles: readonly Given[] = [
  ...packageDatabases,
  ...['/etc/hosts', '/etc/passwd', '/etc/shadow', '/etc/resolv.conf'],
  ...['/lib/libc.so*', '/lib/ld*.so*', '/lib/libpthread*.so*', '/lib64/libc.so*', '/lib64/ld*.so*'],
].map((filter) => ({ filter }))

const folders: readonly Given[] = [
  ...['/home/*/.ssh', '/root/.ssh'],
  ...['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'],
].map((filter) => ({ filter: `${filter}/*`, recursive: true }))

/** Where the files of databases are, and whose they are: what another program reads there goes past the database's own checks. */
const databases: readonly Given[] = [
  { filter: '/var/lib/postgresql/*', applications: ['*/postgres', '*/pg_*', '*/initdb'] },
  {
    filter: '/var/lib/mysql/*',
    applications: ['*/mysqld', '*/mariadbd', '*/mysql_install_db', '*/mariadb-*'],
  },
  { filter: '/var/lib/mongodb/*', applications: ['*/mongod'] },
  { filter: '/data/db/*', applications: ['*/mongod'] },
  { filter: '/var/lib/redis/*', applications: ['*/redis-server', '*/valkey-server'] },
].map((given) => ({ ...given, recursive: true, behavior: 'monitor_access' as const }))

/** Rules that hold in every container, behind all others. */
export const predefinedFileRules: readonly Placed<FileRule>[] = [
  ...systemFiles,
  ...folders,
  ...databases,
].map((given) => {
  const { filter, behavior = 'monitor_change', recursive = false, applications = [] } = given
  return { filter, behavior, recursive, applications, id: `predefined: ${behavior} ${filter}` }
})
