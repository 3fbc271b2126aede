import { copyExactly } from '../credentials/credential.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** What addresses of crypto-assets have in common: upper and lower case differ, and fields of wallets are called alike. */
export const ofWallets = {
  category: 'financial',
  mask: (value) => maskMiddle(value, 4, 4),
  normalise: copyExactly,
} as const satisfies Partial<Recogniser>

export const walletNames: readonly string[] = namesOf(
  'wallet address, wallet, crypto wallet, crypto address, wallet id, payout address, deposit address, withdrawal address',
)

export const walletWords: Readonly<Record<string, readonly string[]>> = {
  en: namesOf('wallet, crypto, cryptocurrency, address'),
  de: namesOf('wallet, kryptowährung, adresse'),
  fr: namesOf('portefeuille, adresse'),
  es: namesOf('monedero, billetera, dirección'),
  it: namesOf('portafoglio, indirizzo'),
  nl: namesOf('wallet, adres'),
  pl: namesOf('portfel, adres'),
  pt: namesOf('carteira, endereço'),
  sv: namesOf('plånbok, adress'),
}
