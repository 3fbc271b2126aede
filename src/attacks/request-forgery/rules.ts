import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'server-side-request-forgery', id: `ssrf.${name}`, points, level, what }
}

export const rules = {
  metadata: rule('metadata', 5, 1, 'the address of a cloud’s metadata service'),
  disguised: rule(
    'disguised-address',
    5,
    1,
    'an address of the server itself or of its network, written in an unusual way',
  ),
  loopback: rule('loopback', 5, 1, 'an address of the server itself'),
  private: rule('private-address', 5, 2, 'an address of a private network'),
  internal: rule('internal-name', 5, 1, 'a name that only a cluster or a cloud knows'),
  rebinding: rule('rebinding-name', 5, 1, 'a public name that resolves to any address one likes'),
  odd: rule('odd-address', 5, 1, 'an address written so that it looks like a path and leads elsewhere'),
  scheme: rule('scheme', 5, 1, 'an address of a scheme that speaks to other services'),
  mention: rule('mention', 5, 3, 'a mention of internal addresses'),
} as const
