import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import {
  gradeOf,
  gradeOfRun,
  NumberGrade,
  RunGrade,
  writeTelephoneNumber,
} from './telephone/telephone-number.ts'

const extension = '(?:,? ?(?:[xX]|[eE][xX][tT](?:ension)?[.:]?|#) ?\\d{1,6})?'
const digits = (count: string): string => `(?:[ ./-]{0,2}\\(?\\d\\)?){${count}}`
const international = `\\+[1-9]${digits('6,15')}`
/** Something must set off the digits that lead out of the country. */
const dialledOut = [`(?:00|011)[ ./-][1-9]${digits('6,15')}`, `00[1-9]\\d{0,2}[ ./-]\\d${digits('3,12')}`]

/**
 * Groups of digits by the length of the first. Dates, `2026-11-21`, social security numbers and, in `dotted`, addresses of
 * the Internet are not among them.
 */
const pairs = '\\d{2}(?:[ -]\\d{2,3}){2,3}'
const threesOrFours = '\\d{3,4}(?:[ -]\\d{2,4}){1,3}'
const grouped = [
  `[018][ -]\\d{2,5}[ -]${threesOrFours}`,
  `\\d{2}[ -](?:${pairs}|${threesOrFours}|\\d{5,8}(?:-\\d{1,4})?)`,
  `\\d{3}[ -](?:\\d{2}(?:[ -]\\d{2,3}){1,3}|${threesOrFours}|\\d{4,8}(?:-\\d{1,4})?)`,
  '\\d{4}[ -](?:\\d{3}(?:[ -]\\d{2,4}){1,2}|\\d{4,7}(?:-\\d{1,4})?)',
  `0\\d{3}[ -]${pairs}`,
  '\\d{5}[ -](?:\\d{2}[ -]\\d{2}[ -]\\d{2}|\\d{3}[ -]\\d{2,4}|\\d{4,7}(?:-\\d{1,4})?)',
]
const dotted = [
  '\\d{3}\\.\\d{3}\\.\\d{4}',
  '1\\.\\d{3}\\.\\d{3}\\.\\d{4}',
  ...['0\\d', '0\\d{2}', '0\\d{3}'].map((first) => `${first}(?:\\.\\d{2,4}){2,4}`),
]
const slashed = ['0\\d{2}', '0\\d{3}', '0\\d{4}'].map(
  (first) => `${first} ?/ ?\\d{2,8}(?: \\d{2,4}){0,3}(?:-\\d{1,4})?`,
)
const inParentheses = '\\(\\d{2,5}\\)[ -]?\\d{2,8}(?:[ .-]\\d{2,5}){0,3}'

/**
 * All in one, so that nothing is looked for inside a number that is found. Each way begins in its own manner, which makes
 * what is looked for rare.
 */
const written = [international, ...dialledOut, ...grouped, ...dotted, ...slashed, inParentheses]
  .map((way) => way + extension)
  .join('|')

export const phone: Recogniser = {
  id: 'phone',
  name: 'Telephone number',
  category: 'contact',
  forms: [
    { expression: written, confidence: 0.9, graded: { by: gradeOf, as: NumberGrade.international } },
    { expression: written, confidence: 0.6, graded: { by: gradeOf, as: NumberGrade.internationalLength } },
    { expression: written, confidence: 0.8, graded: { by: gradeOf, as: NumberGrade.dialled } },
    { expression: written, confidence: 0.2, graded: { by: gradeOf, as: NumberGrade.dialledLength } },
    { expression: written, confidence: 0.65, graded: { by: gradeOf, as: NumberGrade.telling } },
    { expression: written, confidence: 0.4, graded: { by: gradeOf, as: NumberGrade.written } },
    { expression: written, confidence: 0.1, graded: { by: gradeOf, as: NumberGrade.possible } },
    { expression: written, confidence: 0.04, graded: { by: gradeOf, as: NumberGrade.doubtful } },
    ...['\\d{8}', '\\d{9}', '\\d{10}', '\\d{11}', '\\d{12}', '\\d{13}'].flatMap((expression) => [
      { expression, confidence: 0.14, fieldOnly: true, graded: { by: gradeOfRun, as: RunGrade.strong } },
      { expression, confidence: 0.03, fieldOnly: true, graded: { by: gradeOfRun, as: RunGrade.possible } },
    ]),
  ],
  mayBeJoined: true,
  normalise: writeTelephoneNumber,
  fieldNames: [
    ...[
      'phone',
      'phone number',
      'phone no',
      'phone nr',
      'telephone',
      'tel',
      'tel no',
      'tel nr',
      'tel number',
      'mobile phone',
      'mobile number',
      'mobile no',
      'cell number',
      'cellphone',
      'landline',
      'msisdn',
      'fax',
      'fax number',
      'fax no',
      'contact number',
      'contact no',
      'sms number',
      'whatsapp',
      'whatsapp number',
      'callback number',
      'hotline',
    ],
    ...[
      'telefon',
      'telefonnummer',
      'telefonnr',
      'handynummer',
      'handynr',
      'mobil',
      'mobilnummer',
      'mobilfunk',
      'mobiltelefon',
      'rufnummer',
      'festnetz',
      'faxnummer',
      'durchwahl',
      'natel',
    ],
    ...['telephone portable', 'numero de telephone', 'numero telephone', 'num tel', 'telecopie'],
    ...['telefono', 'movil', 'telefono movil', 'numero de telefono', 'celular'],
    ...['cellulare', 'numero di telefono', 'numero telefono', 'numero cellulare', 'recapito telefonico'],
    ...['telefoon', 'telefoonnummer', 'telefoonnr', 'mobiel', 'mobiele nummer', 'gsm', 'gsm nummer'],
    ...['komorka', 'numer telefonu', 'nr telefonu', 'tel kom', 'telefon komorkowy'],
    ...['telefone', 'telemovel', 'numero de telefone'],
    ...['mobilnr', 'telnr', 'puhelin', 'puhelinnumero', 'matkapuhelin'],
  ],
  vagueFieldNames: ['mobile', 'cell', 'handy', 'portable', 'contact', 'caller', 'callee'],
  notFieldNames: [
    ...[
      'id',
      'phone id',
      'phone type',
      'phone model',
      'phone verified',
      'phone verified at',
      'phone code',
      'phone count',
      'mobile id',
      'mobile version',
      'mobile code',
    ],
    ...['cell id', 'cell count', 'call id', 'call duration', 'contact id', 'tel id', 'fax id'],
  ],
  contextWords: {
    en: [
      ...[
        'phone',
        'telephone',
        'tel',
        'call',
        'calling',
        'mobile',
        'cell',
        'cellphone',
        'landline',
        'fax',
        'dial',
        'whatsapp',
      ],
      ...[
        'text me',
        'text us',
        'ring me',
        'ring us',
        'reach me',
        'reach us',
        'reach you',
        'reach him',
        'reach her',
      ],
      ...['answering', 'voicemail', 'hotline', 'my number', 'contact number', 'office number', 'extension'],
    ],
    de: [
      'telefon',
      'tel',
      'handy',
      'mobil',
      'anrufen',
      'rufnummer',
      'rufen',
      'ruf mich',
      'erreichbar',
      'erreichen',
      'durchwahl',
      'telefax',
    ],
    fr: [
      'téléphone',
      'téléphoner',
      'portable',
      'appeler',
      'appelez',
      'appelle',
      'rappeler',
      'tél',
      'joindre',
      'joignable',
      'télécopie',
    ],
    es: ['teléfono', 'móvil', 'llamar', 'llame', 'llámame', 'llámeme', 'tfno', 'celular'],
    it: ['telefono', 'cellulare', 'chiamare', 'chiama', 'chiamami', 'telefonare', 'recapito'],
    nl: ['telefoon', 'telefoonnummer', 'mobiel', 'bellen', 'bel', 'gsm', 'bereikbaar'],
    pl: ['telefon', 'telefonu', 'komórka', 'komórkowy', 'zadzwoń', 'dzwonić', 'zadzwonić'],
    pt: ['telefone', 'telemóvel', 'ligar', 'ligue', 'celular', 'contacto', 'contato'],
    sv: ['telefon', 'telefonnummer', 'mobil', 'mobilnummer', 'ring', 'ringa'],
  },
  mask: (value) => maskMiddle(value, 2, 2),
  source: 'ITU-T E.164 and E.123; national plans from the metadata of libphonenumber',
  examples: {
    good: [
      ...['+33 1 60678023', '+442066372040', '+48 22 78307279', '+1-203-305-2492x5662', '+1 (202) 456-1111'],
      ...['+44 (0)20 7946 0018', '+44(0)20 7946 0018', '+49 (30) 901820', '+49 (0)30 901820'],
      ...['00 49 30 901820', '001-202-555-0143x1234', '0049 30 901820', '011 44 20 7946 0018'],
      ...['(212) 555-0143', '212-555-0143', '212.555.0143', '1-800-555-0143', '(212) 555-0143 ext. 123'],
      ...['020 7946 0018', '(020) 7946 0018', '07911 123456', '01632 960123'],
      ...['030 901820', '(030) 901820', '030/901820', '0171/1234567', '0171 1234567', '030 901820-12'],
      ...['06 12 34 56 78', '01 23 45 67 89', '01.23.45.67.89'],
      ...['91 123 45 67', '600 123 456', '055 123 4567', '06-12345678', '0475 12 34 56', '(11) 4706-6184'],
      ...['22 123 45 67', '20 32 85 26', '98765 43210', '090-1234-5678', '0412 345 678'],
      ...['0612345678', '2125550143', '447911123456', '004930901820'],
    ],
    bad: [
      ...[
        '+33 1 606780',
        '+0 123 456 789',
        '+999 123 456 789',
        '+12:34:56',
        '+4420663720401234',
        '1+1234567',
      ],
      ...['+210 1234567', '00 12', '000 000 0000', '111-111-1111'],
      ...['078-05-1120', '2026-11-21', '21-11-2026', '21.11.2026', '2026-11-21 07:51:05', '2019-2026'],
      ...['192.168.100.200', '203.0.113.77', '10.11.12.13', '1.234.567,89', '12 345,67', '1,234,567'],
      ...['4111 1111 1111 1111', '4111-1111-1111-1111', '3782 822463 10005', 'DE89 3704 0044 0532 0130 01'],
      ...['550e8400-e29b-41d4-a716-446655440000', '978-3-16-148410-0', '1602508731623', '2281'],
    ],
  },
}
