import type { Recogniser } from '../recogniser.ts'
import { bankAccount } from './financial/bank-account.ts'
import { bic } from './financial/bic.ts'
import { bitcoinAddress } from './financial/bitcoin-address.ts'
import { cardExpiry } from './financial/card-expiry.ts'
import { cardSecurityCode } from './financial/card-security-code.ts'
import { cryptoAddress } from './financial/crypto-address.ts'
import { ethereumAddress } from './financial/ethereum-address.ts'
import { gbBankAccount } from './financial/gb-bank-account.ts'
import { usBankAccount } from './financial/us-bank-account.ts'

/** Accounts, cards and wallets, besides IBANs and the numbers of cards. */
export const financialRecognisers: readonly Recogniser[] = [
  gbBankAccount,
  usBankAccount,
  bankAccount,
  bic,
  cardSecurityCode,
  cardExpiry,
  bitcoinAddress,
  ethereumAddress,
  cryptoAddress,
]
