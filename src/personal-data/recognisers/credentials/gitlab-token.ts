import { base36, crc32 } from '../../checksums/crc32.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { Match } from '../../../scan/scanner.ts'
import { checkedTokenConfidence, token, tokenConfidence } from './credential.ts'
import { alphanumeric, base64url } from './samples.ts'

const kinds = ['pat', 'ptt', 'dt', 'rt', 'rtr', 'cbt', 'ft', 'imt', 'agent', 'soat', 'oas', 'ffct']
const prefix = `gl(?:${kinds.join('|')})-`
const checksumLength = 7

/** A routable token ends in the length of its payload and the CRC-32 of all before, in base 36; others have no dot. */
function isChecked({ bytes, start, end }: Match): boolean {
  const checksum = end - checksumLength
  const isRoutable = bytes.subarray(start, end).includes(0x2e)
  return !isRoutable || base36(bytes, checksum, end) === crc32(bytes, start, checksum)
}

function routable(payload: string): string {
  const before = `glpat-${payload}.${payload.length.toString(36).padStart(2, '0')}`
  const bytes = Buffer.from(before)
  return before + crc32(bytes, 0, bytes.length).toString(36).padStart(checksumLength, '0')
}

export const gitlabToken: Recogniser = token({
  id: 'gitlab-token',
  name: 'GitLab token',
  forms: [
    { expression: `${prefix}[A-Za-z0-9_-]{20,100}`, confidence: tokenConfidence },
    {
      expression: `${prefix}[A-Za-z0-9_-]{27,108}\\.(?:[0-9a-z]{2}\\.)?[0-9a-z]{9}`,
      confidence: checkedTokenConfidence,
    },
  ],
  beginnings: kinds.map((kind) => `gl${kind}-`),
  fieldNames: ['gitlab token', 'private token', 'job token', 'deploy token', 'runner token', 'gitlab'],
  check: isChecked,
  source:
    'GitLab Docs, “Token overview: token prefixes”; GitLab Handbook, “Cells: Routable Tokens” for the checksum',
  examples: {
    good: [
      `glpat-${base64url(19)}7`,
      `gldt-${alphanumeric(20)}`,
      `glcbt-64_${alphanumeric(20, 3)}`,
      routable(base64url(40, 4)),
    ],
    bad: [
      `glpat-${base64url(18)}7`,
      `glpat-${'x'.repeat(20)}`,
      `glxat-${alphanumeric(20)}`,
      `${routable(alphanumeric(40, 4)).slice(0, -4)}0000`,
    ],
  },
})
