const mask = '****'

/** Names of options and variables whose values are secrets, as part of them: `--db-password`, `PGPASSWORD`, `api_key`. */
const secretName =
  /pass(?:w(?:or)?d|phrase)?$|pwd$|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key/i

/** Options of one letter that take a secret: in the next argument, or behind the letter where `isJoined`. */
const shortOptions: readonly (readonly [programs: readonly string[], option: string, isJoined: boolean])[] = [
  [['mysql', 'mysqldump', 'mysqladmin', 'mysqlimport', 'mariadb', 'mariadb-dump'], '-p', true],
  [['sshpass'], '-p', true],
  [['redis-cli', 'keydb-cli', 'valkey-cli'], '-a', false],
  [['curl', 'wget'], '-u', false],
  [['ldapsearch', 'ldapmodify', 'ldapadd'], '-w', false],
  [['mongo', 'mongosh', 'mongodump', 'sqlcmd', 'isql'], '-p', false],
  [['sqlcmd'], '-P', false],
]

/** Between a scheme and a host: RFC 3986, section 3.2.1. The user stays, the password goes. */
const urlPassword = /([a-z][a-z0-9+.-]{0,20}:\/\/[^/\s:@]{0,100}):[^/\s@]{1,400}@/gi
/** RFC 9110, section 11.6.2. */
const authorization = /\b(authorization:\s{0,4}(?:bearer|basic|token)?)\s{1,4}[^\s"']{1,400}/gi
/** In a script or a document that is one argument: `export TOKEN=x`, `"password": "x"`. */
const assignment =
  /\b([a-z0-9_.-]{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)["']?\s{0,4}[=:]\s{0,4}["']?)[^\s"'&;|]{1,400}/gi

/**
 * Arguments of a program without the secrets that their names or places tell of. What only its form tells of (a key, an account
 * number) is the detector's to find.
 * @param name of the program
 * @param given from the program's own name on
 */
export function maskSecretArguments(name: string, given: readonly string[]): string[] {
  const short = shortOptions.filter(([programs]) => programs.includes(name))
  let isNextSecret = false
  return given.map((argument, i) => {
    if (i === 0) return argument
    const isSecret = isNextSecret
    isNextSecret = takesSecret(argument, short)
    if (isSecret && !argument.startsWith('--')) {
      isNextSecret = false
      return mask
    }
    return maskJoined(argument, short) ?? maskWithin(argument)
  })
}

type ShortOptions = typeof shortOptions

/** Whether the argument after this one is a secret. */
function takesSecret(argument: string, short: ShortOptions): boolean {
  if (argument.startsWith('--')) return !argument.includes('=') && secretName.test(argument)
  return short.some(([, option, isJoined]) => !isJoined && argument === option) || argument === '-password'
}

function maskJoined(argument: string, short: ShortOptions): string | undefined {
  const joined = short.find(
    ([, option, isJoined]) => isJoined && argument.startsWith(option) && argument.length > option.length,
  )
  if (joined !== undefined) return `${joined[1]}${mask}`
  const equals = argument.indexOf('=')
  if (equals <= 0 || /\s/.test(argument.slice(0, equals))) return undefined
  return secretName.test(argument.slice(0, equals)) ? `${argument.slice(0, equals + 1)}${mask}` : undefined
}

function maskWithin(argument: string): string {
  return argument
    .replaceAll(urlPassword, `$1:${mask}@`)
    .replaceAll(authorization, `$1 ${mask}`)
    .replaceAll(assignment, `$1${mask}`)
}
