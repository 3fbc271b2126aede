import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { wordsOf } from '../../values/vocabulary.ts'

/** From the shortest numbers of private insurers to the twenty digits on a European card. */
const bounds: CodeBounds = { length: [5, 20], digits: [4, 20], letters: [0, 6], separators: 6 }

export const healthInsuranceNumber: Recogniser = {
  id: 'health-insurance-number',
  name: 'Health insurance number',
  category: 'health',
  forms: [],
  // Less than what a checksum says: the numbers of states that have one are found as such.
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.06 : 0),
  fieldNames: wordsOf({
    en: 'health insurance number, health insurance id, health insurance no, health insurance policy, health insurance policy number, medical insurance number, insurance member id, insurance member number, insured id, insured number, insured number id, health plan id, health plan number, health plan beneficiary number, health card number, health card no, medicaid number, medicaid id, plan member id',
    de: 'krankenversicherungsnummer, krankenversichertennummer, versichertennummer, versicherten nr, krankenkassennummer, gesundheitskarte, gesundheitskartennummer, krankenversicherungs nr',
    fr: 'numéro assuré, numéro d assuré, numéro de mutuelle, numéro mutuelle, carte vitale, numéro carte vitale',
    es: 'tarjeta sanitaria, número de tarjeta sanitaria, tarjeta sanitaria individual, número de asegurado, número de afiliado, número de póliza de salud',
    it: 'tessera sanitaria, numero tessera sanitaria, codice assistito, numero assicurato',
    nl: 'zorgverzekeringsnummer, verzekerdennummer, zorgpolisnummer, zorgverzekering polisnummer, relatienummer zorgverzekeraar',
    pl: 'numer ubezpieczenia zdrowotnego, numer karty zdrowia, numer ubezpieczonego, karta ekuz',
    pt: 'número de utente, número do utente, cartão de saúde, cartão nacional de saúde, número do cartão de saúde, carteirinha do plano',
    sv: 'sjukförsäkringsnummer, försäkringskassenummer',
  }),
  vagueFieldNames: wordsOf({ all: 'policy number, member number' }),
  notFieldNames: wordsOf({
    en: 'social insurance number, national insurance number',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 0, 2),
  source:
    'GDPR Art. 4(15) and recital 35: a number assigned to a person to identify them for health purposes',
  examples: {
    good: ['XZ-4711-0815', '123456789', 'W123456789-01', '80271234567', 'ABC 123 456'],
    bad: ['null', 'AOK', '1234', '000000000', 'standard', '2.5', 'private health plan'],
  },
}
