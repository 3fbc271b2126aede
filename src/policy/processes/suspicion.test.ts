import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suspicionOf, type SuspicionFacts } from './suspicion.ts'

const harmless: SuspicionFacts = {
  name: 'sh',
  arguments: ['sh', '-c', 'true'],
  origin: 'image',
  streams: ['other', 'other', 'other'],
  uid: 1000,
  becomesRoot: false,
}

const cases: [what: string, facts: Partial<SuspicionFacts>, expected: string][] = [
  ['a shell', {}, ''],
  ['a shell at a terminal', { streams: ['terminal', 'terminal', 'terminal'], arguments: ['sh', '-i'] }, ''],
  [
    'a shell that reads from a socket',
    { streams: ['network', 'network', 'other'] },
    'reverse-shell critical',
  ],
  [
    'a shell that writes to one',
    { name: 'bash', streams: ['pipe', 'network', 'other'] },
    'reverse-shell critical',
  ],
  ['a log-in shell', { name: '-bash', streams: ['network', 'other', 'other'] }, 'reverse-shell critical'],
  [
    'an interactive one behind a FIFO',
    { streams: ['pipe', 'pipe', 'pipe'], arguments: ['/bin/sh', '-i'] },
    'reverse-shell critical',
  ],
  ['a script with a pipe', { streams: ['pipe', 'pipe', 'pipe'], arguments: ['sh', '-e', 'list'] }, ''],
  ['a server that inetd started', { name: 'fingerd', streams: ['network', 'network', 'network'] }, ''],
  ['nmap', { name: 'nmap' }, 'network-scan high'],
  ['netcat', { name: 'ncat' }, 'netcat high'],
  ['ssh', { name: 'ssh' }, 'remote-shell medium'],
  ['a DNS tunnel', { name: 'iodined' }, 'tunnel critical'],
  ['a package manager', { name: 'apt-get' }, 'package-manager medium'],
  ['in memory', { name: 'x', origin: 'memory' }, 'fileless critical'],
  ['set-user-ID of the image', { name: 'mount', becomesRoot: true }, ''],
  ['sudo', { name: 'sudo', becomesRoot: true }, 'root-escalation medium'],
  ['sudo by root', { name: 'sudo', becomesRoot: true, uid: 0 }, ''],
  ['set-user-ID, added', { name: 'x', becomesRoot: true, origin: 'added' }, 'root-escalation critical'],
]

test('what makes a program suspicious', () => {
  for (const [what, facts, expected] of cases) {
    const suspicion = suspicionOf({ ...harmless, ...facts })
    assert.equal(suspicion === undefined ? '' : `${suspicion.kind} ${suspicion.severity}`, expected, what)
  }
})
