import type { Match } from '../../../scan/scanner.ts'
import { keccak256 } from '../../checksums/keccak256.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'
import { ofWallets, walletNames, walletWords } from './wallet-names.ts'

const digitCount = 40
const prefixLength = 2
const text = new Uint8Array(digitCount)
const digest = new Uint8Array(32)

const Grade = { none: 0, oneCase: 1, checked: 2 } as const

/** In both cases it has a checksum, ERC-55: a letter is a capital where the digit of the hash at its place is 8 or more. */
function gradeOf({ bytes, start, end }: Match): number {
  const { capitals, smalls, different } = codeShapeOf(bytes, start + prefixLength, end)
  // Zero, dead and the like belong to nobody.
  if (different < 6) return Grade.none
  if (capitals === 0 || smalls === 0) return Grade.oneCase
  for (let i = 0; i < digitCount; i++) text[i] = lower(bytes[start + prefixLength + i])
  keccak256(text, digitCount, digest)
  for (let i = 0; i < digitCount; i++) {
    const digit = (digest[i >> 1] >> (i % 2 === 0 ? 4 : 0)) & 15
    const byte = bytes[start + prefixLength + i]
    if (byte > 0x39 && byte < 0x61 !== digit >= 8) return Grade.none
  }
  return Grade.checked
}

function lower(byte: number): number {
  return byte > 0x39 ? byte | 0x20 : byte
}

const expression = '0x[0-9a-fA-F]{40}'

export const ethereumAddress: Recogniser = {
  ...ofWallets,
  id: 'ethereum-address',
  name: 'Ethereum address',
  forms: [
    { expression, confidence: 0.9, graded: { by: gradeOf, as: Grade.checked } },
    // Contracts have them too, and other things of twenty bytes are written so.
    { expression, confidence: 0.2, graded: { by: gradeOf, as: Grade.oneCase } },
  ],
  fieldNames: [
    'ethereum address',
    ...namesOf('eth address, ethereum, eth wallet, ethereum wallet, ethereum adresse'),
    ...walletNames,
  ],
  notFieldNames: namesOf(
    'contract address, contract, token address, factory, factory address, commit, sha1, code hash',
  ),
  contextWords: { ...walletWords, en: ['ethereum', 'eth', ...walletWords['en']] },
  normalise: (bytes, start, end, out) => {
    for (let i = start; i < end; i++) out[i - start] = lower(bytes[i])
    return end - start
  },
  source: 'Ethereum Yellow Paper, section 4.1; ERC-55 on the checksum',
  examples: {
    good: [
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
      '0x52908400098527886E0F7030069857D2E4169EE7',
      '0xde709f2102306220921060314715629080e2fb77',
    ],
    bad: [
      '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed',
      '0x0000000000000000000000000000000000000000',
      '0x000000000000000000000000000000000000dEaD',
      '0xde709f2102306220921060314715629080e2fb7',
      'de709f2102306220921060314715629080e2fb77',
    ],
  },
}
