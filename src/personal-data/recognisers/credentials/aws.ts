import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { copyExactly, differentBytes, token, tokenConfidence } from './credential.ts'
import { base32, base64 } from './samples.ts'

/** AKIA of users, ASIA of sessions, ABIA and ACCA of AWS's own services. */
const keyId = 'A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}'
const idBeginnings = ['AKIA', 'ASIA', 'ABIA', 'ACCA']
const secretLength = 40
/** Of 40 random characters of base64, 29 differ; of 40 hexadecimal digits, 15 do at most. */
const variedBytes = 18

/** How keys in Amazon's documentation end. */
const exampleEndings = ['EXAMPLE', 'EXAMPLEKEY'].map((text) => Buffer.from(text))

function isExample(bytes: Uint8Array, end: number): boolean {
  return exampleEndings.some((ending) => ending.every((byte, i) => bytes[end - ending.length + i] === byte))
}

export const awsAccessKey: Recogniser = token({
  id: 'aws-access-key',
  name: 'AWS access key ID',
  forms: [{ expression: keyId, confidence: tokenConfidence }],
  beginnings: idBeginnings,
  fieldNames: ['access key id', 'aws access key id', 'access key', 'aws access key', 'x amz credential'],
  check: ({ bytes, end }) => !isExample(bytes, end),
  source: 'AWS IAM User Guide, “IAM identifiers: unique IDs”',
  examples: {
    good: [`AKIA${base32(16)}`, `ASIA${base32(16, 2)}`, `ABIA${base32(16, 3)}`],
    bad: [
      'AKIAIOSFODNN7EXAMPLE',
      `AKIA${base32(15)}`,
      `AKIA${base32(17)}`,
      `AKIA${'A'.repeat(16)}`,
      `AKIA${base32(15)}1`,
      `akia${base32(16).toLowerCase()}`,
    ],
  },
})

/** Both cases, a digit, and more different characters than a digest in hexadecimal has. */
function isSecret(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== secretLength || isExample(bytes, end)) return false
  let [upper, lower, digits] = [0, 0, 0]
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte >= 0x41 && byte <= 0x5a) upper++
    else if (byte >= 0x61 && byte <= 0x7a) lower++
    else if (byte >= 0x30 && byte <= 0x39) digits++
    else if (byte !== 0x2b && byte !== 0x2f) return false
  }
  return upper > 0 && lower > 0 && digits > 0 && differentBytes(bytes, start, end) >= variedBytes
}

/** Has no form of its own: the field tells, or the access key ID before it. */
export const awsSecretKey: Recogniser = {
  id: 'aws-secret-key',
  name: 'AWS secret access key',
  category: 'credential',
  forms: [
    { expression: `${keyId}["']?[ \\t]{0,4}[:,;|/ \\t\\n]["' \\t]{0,4}[A-Za-z0-9+/]{40}`, confidence: 0.995 },
    // As in `~/.aws/credentials`.
    { expression: 'aws_secret_access_key[ \\t]{1,4}=[ \\t]{0,4}[A-Za-z0-9+/]{40}', confidence: 0.995 },
  ],
  value: (bytes, start, end) => (isSecret(bytes, start, end) ? 0.5 : 0),
  check: ({ bytes, end }) => isSecret(bytes, end - secretLength, end),
  fieldNames: [
    'aws secret access key',
    'secret access key',
    'aws secret key',
    'secret key',
    'aws secret',
    's3 secret',
  ],
  contextWords: {},
  mask: (value) => maskSecret(value, idBeginnings.some((id) => value.startsWith(id)) ? 4 : 0),
  normalise: (bytes, _start, end, out) => copyExactly(bytes, end - secretLength, end, out),
  source:
    'AWS Security Blog, “A safer way to distribute AWS credentials to EC2” (2012): 40 characters of base64',
  examples: {
    good: [
      base64(40),
      base64(40, 2),
      `AKIA${base32(16)}:${base64(40, 3)}`,
      `AKIA${base32(16)}, ${base64(40, 4)}`,
    ],
    bad: [
      base64(39),
      base64(41),
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      'aaaaaaaaaaaaaaaaaaaaAAAAAAAAAAAAAAAAAAA1',
    ],
  },
}
