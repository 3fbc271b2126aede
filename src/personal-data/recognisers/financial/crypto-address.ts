import type { Match } from '../../../scan/scanner.ts'
import { base58AddressVersion } from '../../checksums/base58.ts'
import { isBech32 } from '../../checksums/bech32.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'
import { ofWallets, walletNames, walletWords } from './wallet-names.ts'

/** By version: Litecoin 48 and 50, Dogecoin 30 and 22, Dash 76 and 16, Tron 65. */
const versions: ReadonlySet<number> = new Set([48, 50, 30, 22, 76, 16, 65])

/** `ltc` and `addr` end before the digit 1. */
function separatorOf({ bytes, start }: Match): number {
  let at = start
  while (bytes[at] !== 0x31) at++
  return at
}

export const cryptoAddress: Recogniser = {
  ...ofWallets,
  id: 'crypto-address',
  name: 'Address of Litecoin, Dogecoin, Dash, Tron or Cardano',
  forms: [
    {
      expression: '[LMDATX79][1-9A-HJ-NP-Za-km-z]{33}',
      confidence: 0.999,
      check: ({ bytes, start, end }) => versions.has(base58AddressVersion(bytes, start, end)),
    },
    {
      expression: 'ltc1q[02-9ac-hj-np-z]{38}|addr1[02-9ac-hj-np-z]{98}|addr1[02-9ac-hj-np-z]{53}',
      confidence: 0.999,
      check: (match) => isBech32(match.bytes, match.start, separatorOf(match), match.end),
    },
  ],
  fieldNames: [
    'crypto address',
    ...namesOf(
      'litecoin address, ltc address, dogecoin address, doge address, dash address, tron address, trx address',
    ),
    ...namesOf('cardano address, ada address'),
    ...walletNames,
  ],
  contextWords: {
    ...walletWords,
    en: [...namesOf('litecoin, dogecoin, dash, tron, usdt, cardano'), ...walletWords['en']],
  },
  source:
    'Base58Check with the versions of chainparams.cpp of Litecoin, Dogecoin and Dash; TRON protocol; CIP-19',
  examples: {
    good: [
      'LZtrChvAP55mGpryGs1d4NMdYjP5eHNmUE',
      'MNa4AvWjoS1Wuh99KhgG2cuCojty7jrS3A',
      'DKozUkYybpjzZ2MQqK1tL7TUDek6qLyeeD',
      'XqMjmkGEG84JAxmPxcLYdsyfArbVXXAftQ',
      'TQe6wYz4T8xfBCESgzg3JVz1FJm7nwXhCn',
      'ltc1qj2v89quvh887v4uwz8c2xg6r3th94elkh5762z',
      'addr1vxffsu5r3juulejh3cglpgergw9wukh87cw5zsfdvtdh9vsrnvd57',
      'addr1qxffsu5r3juulejh3cglpgergw9wukh87cw5zsfdvtdh9vja43fqr80z6634t6edqvend7msuulsas90aj377dka32gqll9ngh',
    ],
    bad: [
      'LZtrChvAP55mGpryGs1d4NMdYjP5eHNmUF',
      'TQe6wYz4T8xfBCESgzg3JVz1FJm7nwXhCm',
      'ltc1qj2v89quvh887v4uwz8c2xg6r3th94elkh5762y',
      'addr1vxffsu5r3juulejh3cglpgergw9wukh87cw5zsfdvtdh9vsrnvd5y',
    ],
  },
}
