import { isDigit } from '../../../lib/ascii.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { quantityOf } from '../../values/quantity.ts'
import { Vocabulary, wordsOf } from '../../values/vocabulary.ts'

/** What stands before or behind the sum: its currency, for how long it is, before taxes or after. */
const words = new Vocabulary(
  wordsOf({
    currencies:
      'eur, euro, euros, usd, gbp, chf, pln, sek, nok, dkk, czk, huf, ron, bgn, brl, cad, aud, jpy, inr, zł, kr, fr, k, tkr, kc, lei, ft',
    times:
      'year, yr, month, hour, hr, h, week, day, annum, per year, per month, per annum, per hour, jahr, monat, stunde, pro jahr, pro monat, an, mois, par an, par mois, heure, año, mes, al año, al mes, hora, anno, mese, all anno, al mese, ora, jaar, maand, per jaar, per maand, uur, rok, rocznie, miesięcznie, godz, ano, mês, por ano, por mês, år, månad, per år, per månad, pa, p a, annually, monthly, yearly, hourly, mtl, jährlich, monatlich',
    taxes: 'gross, net, brutto, netto, brut, net, bruto, neto, lordo, netti, bruto',
  }),
)

const least = 5
const most = 100_000_000
const mostUnitBytes = 40

/** A sum of money, with what it is in or without. */
function confidenceOfSalary(bytes: Uint8Array, start: number, end: number): number {
  const from = sumStart(bytes, start, end)
  const { number, decimals, unitStart } = quantityOf(bytes, from, end)
  if (!(number >= least && number <= most) || decimals > 2 || end - unitStart > mostUnitBytes) return 0
  if (from > start && !isUnit(bytes, start, from)) return 0
  const rest = groupEnd(bytes, unitStart, end)
  return rest === end || isUnit(bytes, rest, end) ? 0.1 : 0
}

/** Where the digits begin, after at most a currency. */
function sumStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && at - start < 6 && !isDigit(bytes[at]) && bytes[at] !== 0x2d) at++
  return at
}

/** Behind groups of three digits that blanks separate: `3 200`, `45 000,50`. */
function groupEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at + 3 <= end && isDigit(bytes[at]) && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2])) {
    at += 3
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x2c || bytes[at] === 0x2e)) at++
    if (at + 2 === end && isDigit(bytes[at]) && isDigit(bytes[at + 1])) return end
  }
  return at
}

/** Signs of currencies, and words. */
function isUnit(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isDigit(bytes[at]) || isBracket(bytes[at])) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
  const bare = text.replaceAll(/[$€£¥₹]/gu, '').trim()
  if (bare === '' || bare === '/') return true
  const rest = Buffer.from(bare)
  return words.occursIn(rest, 0, rest.length)
}

function isBracket(byte: number): boolean {
  return [0x28, 0x29, 0x5b, 0x5d, 0x7b, 0x7d, 0x3d, 0x25].includes(byte)
}

export const salary: Recogniser = {
  id: 'salary',
  name: 'Salary or income',
  category: 'financial',
  forms: [],
  value: confidenceOfSalary,
  fieldNames: wordsOf({
    en: 'salary, salaries, base salary, annual salary, monthly salary, gross salary, net salary, current salary, salary amount, wage, wages, hourly wage, annual income, monthly income, yearly income, household income, net income personal, gross pay, net pay, base pay, employee pay, take home pay, personal income, pension amount',
    de: 'gehalt, jahresgehalt, monatsgehalt, bruttogehalt, nettogehalt, bruttolohn, nettolohn, stundenlohn, arbeitslohn, einkommen, jahreseinkommen, nettoeinkommen, haushaltseinkommen, arbeitsentgelt, lohn',
    fr: 'salaire, salaire brut, salaire net, salaire annuel, salaire mensuel, rémunération, revenu annuel, revenu mensuel, revenu fiscal, revenus',
    es: 'salario, salario bruto, salario neto, sueldo, sueldo bruto, nómina, ingresos anuales, ingresos mensuales, renta anual',
    it: 'stipendio, stipendio lordo, stipendio netto, retribuzione, reddito, reddito annuo, reddito mensile, salario',
    nl: 'salaris, brutosalaris, nettosalaris, maandsalaris, jaarsalaris, uurloon, inkomen, jaarinkomen, bruto loon, netto loon',
    pl: 'wynagrodzenie, pensja, wynagrodzenie brutto, wynagrodzenie netto, zarobki, dochód, dochod, dochód roczny, stawka godzinowa',
    pt: 'salário, salário bruto, salário líquido, vencimento base, ordenado, remuneração, rendimento anual, renda mensal, renda familiar',
    sv: 'månadslön, årslön, bruttolön, nettolön, timlön, årsinkomst, lønn, månedsløn, palkka',
  }),
  vagueFieldNames: wordsOf({ all: 'income, remuneration, compensation, revenu, ingresos' }),
  notFieldNames: wordsOf({
    en: 'salary id, salary currency, salary min, salary max, salary range, minimum wage, net income',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 1, 0),
  source: 'GDPR Art. 4(1); CJEU C-465/00 on the income of persons',
  examples: {
    good: ['52000', '3.200,00 EUR', '$85,000', '45 000 zł', '1850.50', '3200 € brutto', '28.5 per hour'],
    bad: ['null', 'negotiable', '0', 'Salary', '12%', '2024-01-01', 'salary(12)', '1.2.3.4'],
  },
}
