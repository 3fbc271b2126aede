import { base62, crc32 } from '../../checksums/crc32.ts'
import type { Recogniser } from '../../recogniser.ts'
import { checkedTokenConfidence, longRun, token, tokenConfidence } from './credential.ts'
import { alphanumeric, base62Checksum, base64url, encoded } from './samples.ts'

/** Prefix, 30 random characters and six of checksum. */
const classicLength = 40
const prefixLength = 4
const checksumLength = 6

/** Whether the last six characters are the CRC-32 of those before, in base 62, without the prefix up to `start`. */
export function hasBase62Checksum(bytes: Uint8Array, start: number, end: number): boolean {
  const body = end - checksumLength
  return base62(bytes, body, end) === crc32(bytes, start, body)
}

const classic = (prefix: string, seed: number): string => {
  const body = alphanumeric(30, seed)
  return `${prefix}_${body}${base62Checksum(body)}`
}

export const githubToken: Recogniser = token({
  id: 'github-token',
  name: 'GitHub token',
  forms: [
    { expression: 'gh[opusr]_[A-Za-z0-9]{36}', confidence: checkedTokenConfidence },
    { expression: 'ghr_[A-Za-z0-9]{76}', confidence: tokenConfidence },
    { expression: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}', confidence: tokenConfidence },
    // Since 2026: the application's number and a JSON Web Token of some 500 characters.
    {
      expression: `ghs_[0-9]{1,12}_eyJ${longRun('[A-Za-z0-9_.-]', 17, 71)}`,
      goesOnWith: '[A-Za-z0-9_.-]',
      confidence: tokenConfidence,
    },
  ],
  beginnings: ['github_pat_', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
  fieldNames: ['github token', 'gh token', 'github pat', 'github'],
  check: ({ bytes, start, end }) =>
    end - start !== classicLength || hasBase62Checksum(bytes, start + prefixLength, end),
  source:
    'GitHub Docs, “About authentication to GitHub: token formats”; GitHub blog, “Behind GitHub’s new authentication token formats” (2021); changelog of April 2026 for ghs_',
  examples: {
    good: [
      ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map(classic),
      `ghr_${alphanumeric(76)}`,
      `github_pat_${alphanumeric(22)}_${alphanumeric(59, 2)}`,
      `ghs_123456_${encoded({ alg: 'RS256' })}.${encoded({ iss: 7 })}.${base64url(86)}`,
    ],
    bad: [
      `${classic('ghp', 1).slice(0, -1)}!`,
      `ghp_${alphanumeric(36)}`,
      `ghp_${'x'.repeat(36)}`,
      `ghx_${classic('ghp', 1).slice(4)}`,
      `github_pat_${alphanumeric(21)}_${alphanumeric(59)}`,
      'ghp_resonances',
    ],
  },
})
