import { isAsciiLetter } from '../../../lib/ascii.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { codeShapeOf, isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const bounds: CodeBounds = { length: [6, 30], digits: [6, 30], letters: [0, 4], separators: 8 }

/** Shortest IBAN: what begins as one is known by its checksum, and is none where that fails. */
const ibanLength = 15

/** How sure one can be of what a bank of any country may call an account. */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (!isCode(bytes, start, end, bounds)) return 0
  const { letters, length } = codeShapeOf(bytes, start, end)
  if (letters >= 2 && length >= ibanLength && isAsciiLetter(bytes[start]) && isAsciiLetter(bytes[start + 1]))
    return 0
  return letters === 0 ? 0.15 : 0.05
}

export const bankAccount: Recogniser = {
  id: 'bank-account',
  name: 'Bank account number',
  category: 'financial',
  forms: [],
  value: confidenceOf,
  fieldNames: namesOf(
    'bank account, bank account number, bank account no, bank acct, bban, clabe, bsb and account',
    'bankkonto, kontonummer, kontonr, konto nr, bankverbindung, compte bancaire, numero de compte, numero compte, rib',
    'cuenta bancaria, numero de cuenta, numero cuenta, cuenta corriente, conto corrente, numero conto, conto bancario',
    'conta bancaria, numero da conta, conta corrente, rekeningnummer, bankrekening, bankrekeningnummer',
    'numer konta, numer rachunku, nr konta, nr rachunku, rachunek bankowy, konto bankowe, bankgiro, bankkontonummer',
    'tilinumero, pankkitili, cislo uctu, bankovni ucet, bankszamlaszam, szamlaszam, cont bancar, broj racuna',
    'transakcijski racun, banka hesabi, hesap no, αριθμος λογαριασμου, номер счета, 银行账号, 口座番号',
  ),
  vagueFieldNames: namesOf('account number, account no, acct number, acct no, acct num, account num'),
  notFieldNames: namesOf('bank account id, bank account type, aws account number'),
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 4),
  source:
    'ISO 13616-1 on the account number within a country (BBAN); ISO 20022, other identification of an account',
  examples: {
    good: [
      '532013000',
      '0532 0130 00',
      '20041010050500013',
      '1234-5678-90',
      '61 1090 1014 0000 0712 1981 2874',
    ],
    bad: ['null', '000000', 'DE89370400440532013001', '12345', 'Girokonto', '${account}'],
  },
}
