import type { ProgramOrigin } from '../../model/records.ts'

/** Why a program is suspicious whatever the profile says of it. */
export type SuspicionKind =
  /** A shell that somebody talks to over the network. */
  | 'reverse-shell'
  | 'network-scan'
  | 'netcat'
  | 'remote-shell'
  | 'tunnel'
  | 'package-manager'
  | 'packet-capture'
  /** Somebody who is not root becomes root. */
  | 'root-escalation'
  /** A program that is in memory alone. */
  | 'fileless'

export type Severity = 'critical' | 'high' | 'medium' | 'low'

export interface Suspicion {
  kind: SuspicionKind
  severity: Severity
  /** A rule that allows the program does not make it harmless. */
  isNeverExcused: boolean
}

/** What one of the three standard streams of a process is open on. */
export type StandardStream = 'network' | 'pipe' | 'terminal' | 'other'

/** What is looked at, as it is when the program is to run. */
export interface SuspicionFacts {
  name: string
  /** From the program's own name on. */
  arguments: readonly string[]
  origin: ProgramOrigin
  /** Standard input, output and error. */
  streams: readonly StandardStream[]
  uid: number
  /** The file would run as root (set-user-ID, and root's). */
  becomesRoot: boolean
}

/**
 * Programs by what they are for. NeuVector's table is nmap, netcat, SSH, telnet and the three DNS tunnels; the others are what
 * intruders bring for the same ends (MITRE ATT&CK T1046, T1572, T1090, T1021, T1040).
 */
const programs: readonly (readonly [SuspicionKind, Severity, readonly string[]])[] = [
  ['network-scan', 'high', ['nmap', 'masscan', 'zmap', 'rustscan', 'arp-scan', 'fping', 'nikto']],
  ['netcat', 'high', ['nc', 'ncat', 'netcat', 'nc.openbsd', 'nc.traditional', 'socat', 'pwncat']],
  ['remote-shell', 'medium', ['ssh', 'sshd', 'scp', 'sftp', 'dropbear', 'dbclient', 'autossh']],
  ['remote-shell', 'medium', ['telnet', 'telnetd', 'in.telnetd', 'rlogin', 'rsh']],
  ['tunnel', 'critical', ['iodine', 'iodined', 'dnscat', 'dnscat2', 'dns2tcpc', 'dns2tcpd']],
  ['tunnel', 'high', ['chisel', 'ngrok', 'frpc', 'frps', 'ligolo', 'proxychains', 'proxychains4', 'gost']],
  ['package-manager', 'medium', ['apt', 'apt-get', 'aptitude', 'dpkg', 'apk', 'yum', 'dnf', 'microdnf']],
  ['package-manager', 'medium', ['rpm', 'zypper', 'opkg', 'pacman', 'snap']],
  ['packet-capture', 'high', ['tcpdump', 'tshark', 'dumpcap', 'ettercap', 'bettercap']],
]

const byName = new Map(
  programs.flatMap(([kind, severity, names]) =>
    names.map((name) => [name, { kind, severity, isNeverExcused: false } satisfies Suspicion] as const),
  ),
)

const shells: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'csh', 'tcsh', 'fish', 'rbash'],
])

/** Set-user-ID programs whose very purpose it is to become root, and that check who may. */
const knownEscalations: ReadonlySet<string> = new Set(['su', 'sudo', 'doas', 'pkexec', 'runuser'])

const reverseShell: Suspicion = { kind: 'reverse-shell', severity: 'critical', isNeverExcused: true }
/** Somebody becomes root without a program whose purpose that is. */
export const rootEscalation: Suspicion = {
  kind: 'root-escalation',
  severity: 'critical',
  isNeverExcused: true,
}
const fileless: Suspicion = { kind: 'fileless', severity: 'critical', isNeverExcused: true }

export function isShell(name: string): boolean {
  return shells.has(name.startsWith('-') ? name.slice(1) : name)
}

/** The worst that can be said of a program that is to run; undefined where nothing is. */
export function suspicionOf(facts: SuspicionFacts): Suspicion | undefined {
  if (facts.origin === 'memory') return fileless
  if (isReverseShell(facts)) return reverseShell
  return escalationOf(facts) ?? byName.get(facts.name)
}

/**
 * A shell that reads from the network or writes to it, or that is told to be interactive though nobody is at a terminal: the latter is
 * how one behind a FIFO and netcat is run.
 */
function isReverseShell({ name, arguments: given, streams }: SuspicionFacts): boolean {
  if (!isShell(name)) return false
  if (streams.includes('network')) return true
  return streams[0] === 'pipe' && given.slice(1).some(isInteractive)
}

/** `-i`, also among others: `-li`. */
function isInteractive(argument: string): boolean {
  return argument === '--interactive' || /^-[a-z]*i[a-z]*$/.test(argument)
}

function escalationOf({ name, origin, uid, becomesRoot }: SuspicionFacts): Suspicion | undefined {
  if (uid === 0 || !becomesRoot) return undefined
  if (origin === 'added' || origin === 'changed') return rootEscalation
  return knownEscalations.has(name)
    ? { kind: 'root-escalation', severity: 'medium', isNeverExcused: false }
    : undefined
}
