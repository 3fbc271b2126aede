import { isAsciiLetter } from '../../lib/ascii.ts'
import type { AttackRule } from '../attack.ts'
import type { AttackSink, ValueDetector, ValueView } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { HostKind, hostKind } from './hosts.ts'
import { limits } from './limits.ts'
import { rules } from './rules.ts'

/** Schemes by which a server is made to speak to something else than the web. */
const schemes = [
  'gopher://',
  'dict://',
  'ldap://',
  'ldaps://',
  'rmi://',
  'tftp://',
  'sftp://',
  'netdoc://',
  'ldapi://',
  'iiop://',
  'corba:',
  'unix:/',
  'jdbc:',
  'dns://',
  'nis://',
  'telnet://',
  'smb://',
  'scp://',
  'imap://',
  'pop3://',
  'smtp://',
]

/** Headers in which a client says where it is or comes from; there its own addresses are its own business. */
const ownAddresses = new Set([
  'referer',
  'origin',
  'host',
  'x-forwarded-host',
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'via',
  ':authority',
])

/** Parameters in which applications say where to go back to, in development to the developer's own machine. */
const returnFields = [
  'redirect',
  'return',
  'callback',
  'origin',
  'referrer',
  'referer',
  'back',
  'continue',
  'next',
]

/** A value that is an address to which a server, and nobody else, could connect. */
export const requestForgery: ValueDetector = {
  traits: Trait.colon | Trait.slash | Trait.backslash,
  judge(view, sink) {
    const { lower, role, context, field } = view
    if (role === 'name' || context === 'sql' || ownAddresses.has(field)) return
    if (context === 'path') return judgeProxied(view, sink)
    const talk = new Talk(lower)
    judgeScheme(view, sink)
    if (context === 'query' && isOddAddress(lower)) sink.report(rules.odd)
    let at = lower.indexOf('://')
    for (let n = 0; at >= 0 && n < limits.addresses; n++) {
      judgeHost(view, at + 3, sink, talk)
      at = lower.indexOf('://', at + 3)
    }
    if (lower.startsWith('//') || lower.startsWith('\\\\')) judgeHost(view, 2, sink, talk)
  },
}

/** Proxies take the address to go to from the path: of all there are, only that of a metadata service is nobody's business. */
function judgeProxied({ lower }: ValueView, sink: AttackSink): void {
  let at = lower.indexOf('://')
  for (let n = 0; at >= 0 && n < limits.addresses; n++) {
    const host = hostAt(lower, at + 3)
    if (host !== '' && hostKind(host).kind === HostKind.metadata) sink.report(rules.metadata)
    at = lower.indexOf('://', at + 3)
  }
}

function judgeScheme({ lower, context }: ValueView, sink: AttackSink): void {
  for (const scheme of schemes)
    if (
      lower.startsWith(scheme) &&
      (context !== 'body' || scheme === 'gopher://' || scheme === 'dict://' || scheme === 'netdoc://')
    )
      sink.report(rules.scheme)
}

/** `/\\host.example`, `https:host.example`: what browsers take for an address elsewhere, and checks for one here. */
function isOddAddress(lower: string): boolean {
  if (lower.length > limits.hostLength || !lower.includes('.')) return false
  if (lower.startsWith('/\\') || lower.startsWith('\\/'))
    return isAsciiLetter(lower.charCodeAt(2)) || lower[2] === '/'
  const scheme = lower.startsWith('https:') ? 6 : lower.startsWith('http:') ? 5 : 0
  return scheme > 0 && (isAsciiLetter(lower.charCodeAt(scheme)) || lower[scheme] === '\\')
}

function judgeHost(view: ValueView, start: number, sink: AttackSink, talk: Talk): void {
  const { lower } = view
  const host = hostAt(lower, start)
  if (host === '') return
  const rule = ruleOf(view, hostKind(host), start)
  if (rule !== undefined) sink.report(rule !== rules.private && talk.isProse ? rules.mention : rule)
}

function ruleOf(
  view: ValueView,
  { kind, isDisguised }: ReturnType<typeof hostKind>,
  start: number,
): AttackRule | undefined {
  if (kind === HostKind.public) return undefined
  if (kind === HostKind.metadata) return rules.metadata
  if (isDisguised) return rules.disguised
  if (kind === HostKind.rebinding) return rules.rebinding
  const isWhole = start <= 8 && view.lower.length < 1024
  const isReturn = returnFields.some((name) => view.field.includes(name))
  if (kind === HostKind.internal) return isWhole && view.context !== 'body' ? rules.internal : rules.mention
  if (
    kind === HostKind.loopback &&
    isWhole &&
    !isReturn &&
    view.context !== 'header' &&
    view.context !== 'body'
  )
    return rules.loopback
  return rules.private
}

/** The host behind `//`, without what stands before an `@`. */
function hostAt(lower: string, start: number): string {
  let from = start
  let i = start
  const end = Math.min(lower.length, start + limits.hostLength)
  for (; i < end; i++) {
    const character = lower[i]
    if (character === '@') from = i + 1
    else if ('/\\?#"\'<> \t\r\n,;|)}&'.includes(character)) break
  }
  const host = lower.slice(from, i)
  if (host.startsWith('[')) return host.slice(0, host.indexOf(']') + 1)
  const port = host.indexOf(':')
  return port < 0 ? host : host.slice(0, port)
}
