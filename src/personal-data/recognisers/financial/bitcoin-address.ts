import type { Match } from '../../../scan/scanner.ts'
import { base58AddressVersion } from '../../checksums/base58.ts'
import { isBech32, isBech32m } from '../../checksums/bech32.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'
import { ofWallets, walletNames, walletWords } from './wallet-names.ts'

/** Of a key's hash and of a script's, on the main network. */
const versions: ReadonlySet<number> = new Set([0x00, 0x05])
const nameLength = 2
/** Version 0 of a witness has the checksum of BIP 173, all others that of BIP 350. */
const versionZero = 0x71

function isWitness({ bytes, start, end }: Match): boolean {
  const separator = start + nameLength
  const isZero = (bytes[separator + 1] | 0x20) === versionZero
  return isZero ? isBech32(bytes, start, separator, end) : isBech32m(bytes, start, separator, end)
}

export const bitcoinAddress: Recogniser = {
  ...ofWallets,
  id: 'bitcoin-address',
  name: 'Bitcoin address',
  forms: [
    {
      expression: '[13][1-9A-HJ-NP-Za-km-z]{25,33}',
      confidence: 0.999,
      check: ({ bytes, start, end }) => versions.has(base58AddressVersion(bytes, start, end)),
    },
    {
      expression: 'bc1[qpzry][02-9ac-hj-np-z]{38,58}|BC1[QPZRY][02-9AC-HJ-NP-Z]{38,58}',
      confidence: 0.999,
      check: isWitness,
    },
  ],
  fieldNames: [
    'bitcoin address',
    ...namesOf('btc address, bitcoin, btc, btc wallet, bitcoin wallet, bitcoin adresse'),
    ...walletNames,
  ],
  contextWords: { ...walletWords, en: ['bitcoin', 'btc', ...walletWords['en']] },
  source: 'Bitcoin developer guide, Base58Check; BIP 173 and BIP 350',
  examples: {
    good: [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    ],
    bad: [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
      'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
      '1234567890123456789012345678',
    ],
  },
}
