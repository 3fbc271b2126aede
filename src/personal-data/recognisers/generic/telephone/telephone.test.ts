import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCountries, getExampleNumber } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/examples.mobile.json'
import metadata from 'libphonenumber-js/min/metadata'
import { detectAll } from '../../../../../test/support/detect-all.ts'
import { compileRecognisers } from '../../../compile.ts'
import { paymentCard } from '../payment-card.ts'
import { phone } from '../phone.ts'
import { hasPrefix, readDigitPattern, readLeadingDigits } from './digit-pattern.ts'
import { fitOfGroups, fitOfInternational, fitOfRun, PlanFit } from './numbering-plans.ts'
import { writeTelephoneNumber } from './telephone-number.ts'

const detector = compileRecognisers([paymentCard, phone])
const found = (text: string, field = ''): string[] =>
  detectAll(detector, text, field)
    .filter(({ id }) => id === 'phone')
    .map((finding) => finding.text)

test('forms that hardly anything else has are numbers wherever they stand', () => {
  const table = [
    '+49 30 901820',
    '+44(0)20 7946 0018',
    '00 49 30 901820',
    '001-202-555-0143x1234',
    '(212) 555-0143',
    '212-555-0143',
    '212.555.0143 ext. 12',
    '020 7946 0018',
    '06 12 34 56 78',
    '(030) 90182000',
  ]
  for (const value of table) {
    for (const text of [value, `The other one is ${value}, ask there.`, `17,${value},x`, `${value}-Office`]) {
      assert.deepEqual(found(text), [value], text)
    }
    assert.deepEqual(found(value, '$.ref1'), [value], value)
    assert.deepEqual(found(value, '$.orderId'), [], value)
  }
})

test('other groups of digits are numbers where a field or a word says so', () => {
  const table = [
    '91 123 45 67',
    '030 901820',
    '0171/1234567',
    '07911 123456',
    '785 8949',
    '469 34 883',
    '25-62-29-72',
  ]
  const words = [
    'call',
    'rufen Sie an unter Telefon',
    'téléphone',
    'llámame al',
    'cellulare',
    'bel',
    'telefonu',
    'telemóvel',
    'ring',
  ]
  for (const value of table) {
    assert.deepEqual(found(`It was ${value} then.`), [], value)
    assert.deepEqual(found(value, '$.value'), [], value)
    assert.deepEqual(found(value, '$.customer.phone'), [value], value)
    assert.deepEqual(found(`Phone: ${value}`), [value], value)
    for (const word of words) assert.deepEqual(found(`${word} ${value}`), [value], word)
  }
})

test('of every country the number that libphonenumber writes is found', () => {
  const notFound: string[] = []
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples)
    assert.ok(number !== undefined, country)
    const abroad = number.formatInternational()
    for (const value of [abroad, number.number, abroad.replace('+', '00 ')]) {
      assert.deepEqual(found(`{"a":"${value}","b":1}`), [value], country)
    }
    const value = number.formatNational()
    if (found(value, '$.phone')[0] !== value) notFound.push(country)
  }
  // Of islands with five or six digits, and where a prefix stands before the area code's parenthesis.
  const unusual = 'AC AD CK CL CM CW FK FO GL HT IN KZ MD NC NF RU SC SH SO TA TK TM TV WF'.split(' ')
  assert.deepEqual(
    notFound.filter((country) => !unusual.includes(country)),
    [],
  )
})

test('digits in one are a number under a telling name only', () => {
  for (const value of ['0612345678', '2125550143', '447911123456', '004930901820', '30901820']) {
    assert.deepEqual(found(value, '$.customer.phoneNumber'), [value])
    assert.deepEqual(found(`mobile=${value}`), [value])
    assert.deepEqual(found(`Call me: my order is ${value}`), [])
    assert.deepEqual(found(value, '$.value'), [])
  }
})

test('what another word or another number claims is none', () => {
  const table = [
    'Call us about order number 212-555-0143',
    'Call. Ihre Rechnungsnummer ist 030 901820',
    'fax, Apt. 722 20 40 rue Victor Hugo',
    'phone bill: 123 456 789 €',
    'phone bill: $123 456 789',
    'phone bill: 123 456 789 EUR',
    'phone storage 128 256 512 GB',
    'call 2026-11-21 07:51:05',
    'call 12.05.2026 12 30 or so',
    'call DE89 3704 0044 0532 0130 01',
    'call 4111-1111-1111-1112',
    'call GB29 NWBK 6016 1331 9268 18',
    'phone 078-05-1120',
    'phone 10.218.6.131',
    'phones 2019-2026',
    'call 12 345 678,90',
    'phone model AB-1234-5678',
    'phone 1234-5678-AB12',
    'call 000 000 0000',
    'GET /mobile HTTP/1.1" 299 6356 "-"',
    'GET /mobile 204 6356 0.002',
    'call 06 20 12 1234 56 7',
    'phone: <Buffer 01 02 03 04 05>',
    'call 9f 06 12 34 56 78',
    'call 06 12 34 56 78 a0',
    'mobile 800 1200x600',
  ]
  for (const text of table) assert.deepEqual(found(text), [], text)
})

test('one number has one canonical form', () => {
  const table: [canonical: string, written: string[]][] = [
    [
      '4930901820',
      [
        '+49 30 901820',
        '+49 (0)30 901820',
        '00 49 30 901820',
        '0049 (0)30/901820',
        '+4930901820',
        '004930901820',
      ],
    ],
    ['442079460018', ['+44(0)20 7946 0018', '+44 20 7946 0018', '011 44 20 7946 0018']],
    ['2125550143', ['(212) 555-0143', '212.555.0143']],
    ['12025550143X1234', ['001-202-555-0143x1234', '+1 (202) 555-0143, ext. 1234', '+1-202-555-0143 X1234']],
    ['02079460018', ['020 7946 0018', '(020) 7946 0018', '02079460018']],
    ['01123456789', ['011 2345 6789']],
  ]
  for (const [canonical, values] of table) {
    for (const value of values) {
      const bytes = Buffer.from(`<${value}>`)
      const out = new Uint8Array(bytes.length)
      const length = writeTelephoneNumber(bytes, 1, bytes.length - 1, out)
      assert.equal(Buffer.from(out.subarray(0, length)).toString(), canonical, value)
    }
  }
})

test('numbers can be dialled from abroad by country, length and first digits', () => {
  const table: [digits: string, fit: PlanFit][] = [
    ['33160678023', PlanFit.digits],
    ['3316067802', PlanFit.length],
    ['331606780', PlanFit.none],
    ['442066372040', PlanFit.digits],
    ['12025550143', PlanFit.digits],
    ['11025550143', PlanFit.length],
    ['1202555014312', PlanFit.none],
    ['2106123456', PlanFit.none],
    ['351912345678', PlanFit.digits],
    ['999123456789', PlanFit.none],
    ['80012345678', PlanFit.digits],
  ]
  for (const [digits, fit] of table) {
    assert.equal(fitOfInternational(Number(digits.slice(0, 6)), digits.length), fit, digits)
  }
})

test('numbers are written as their country writes them', () => {
  const table: [groups: number, first: number, fit: PlanFit][] = [
    [0x334, 212, PlanFit.digits],
    [0x344, 20, PlanFit.digits],
    [0x36, 30, PlanFit.digits],
    [0x22222, 61, PlanFit.digits],
    [0x2322, 911, PlanFit.digits],
    [0x47, 17, PlanFit.digits],
    [0x56, 79, PlanFit.digits],
    [0x22222, 0, PlanFit.length],
    [0x4444, 411, PlanFit.none],
  ]
  for (const [groups, first, fit] of table) assert.equal(fitOfGroups(groups, first), fit, groups.toString(16))
  assert.equal(fitOfRun(10, 61), PlanFit.digits)
  assert.notEqual(fitOfRun(13, 170), PlanFit.digits)
})

test('patterns of the plans say what their expressions say', () => {
  for (const [country, plan] of Object.entries(metadata.countries)) {
    const pattern = String(plan[2])
    const expression = new RegExp(`^(?:${pattern})$`)
    const numbers = readDigitPattern(pattern)
    for (const length of plan[3] as number[]) {
      const prefixes = numbers[length]
      // Of each prefix one number, with other digits behind it each time: what matches begins with a prefix of the set.
      for (let prefix = 0; prefix < 1000; prefix += 7) {
        const number =
          String(prefix).padStart(3, '0') + '5284617390521'.slice(prefix % 3, length - 3 + (prefix % 3))
        if (number.length !== length || !expression.test(number)) continue
        assert.ok(prefixes !== undefined && hasPrefix(prefixes, prefix), `${country} ${number}`)
      }
    }
  }
})

test('leading digits are those of all that begins so', () => {
  const table: [pattern: string, inside: number[], outside: number[]][] = [
    ['[2-9]', [200, 999], [100, 199]],
    ['1(?:11|[25])|7', [111, 120, 159, 700], [110, 130, 600]],
    ['3[02]|40|[68]9', [300, 329, 405, 699, 890], [310, 419, 680]],
    ['18500', [185], [186]],
    ['0\\d?', [0, 99], [100]],
  ]
  for (const [pattern, inside, outside] of table) {
    const leading = readLeadingDigits(pattern)
    for (const prefix of inside) assert.ok(hasPrefix(leading, prefix), `${pattern} ${prefix}`)
    for (const prefix of outside) assert.ok(!hasPrefix(leading, prefix), `${pattern} ${prefix}`)
  }
})

test('a pattern that plans do not use is refused when it is read', () => {
  for (const pattern of ['1+', 'a', '(1', '1)', '.', '[1'])
    assert.throws(() => readDigitPattern(pattern), /digit pattern/)
})
