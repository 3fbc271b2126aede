import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceOf, fetchedAt, person } from '../../examples/clinic/people.ts'

/* Reckoned another way than where they are made: a number that is not well-formed would not be found. */

const people = Array.from({ length: 400 }, (_, number) => person(number))

/** Remainder by 97 of what letters stand for as 10 to 35, digit by digit (ISO 13616). */
function ibanRemainder(iban: string): number {
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = [...moved].map((letter) => Number.parseInt(letter, 36)).join('')
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)
}

/** Every second digit from the right counts as the digits of its double. */
function luhnRemainder(card: string): number {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
  const parity = card.length % 2
  return (
    [...card].reduce(
      (sum, digit, i) => sum + (i % 2 === parity ? doubled[Number(digit)] : Number(digit)),
      0,
    ) % 10
  )
}

test('people have numbers that are well-formed', () => {
  for (const { iban, card, email, phone, ssn, born } of people) {
    assert.match(iban, /^DE\d{20}$/)
    assert.equal(ibanRemainder(iban), 1)
    assert.match(card, /^4\d{15}$/)
    assert.equal(luhnRemainder(card), 0)
    assert.match(email, /^[a-z]+\.[a-z]+\d+@mail\.example\.org$/)
    assert.match(phone, /^\+4930\d{8}$/)
    assert.match(ssn, /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/)
    assert.ok(!Number.isNaN(Date.parse(born)))
  }
})

/** The letter as its place in two digits; digits of the products with 1, 2, 1 … added up (SGB V section 290). */
function insuranceCheck(number: string): number {
  const place = String(number.charCodeAt(0) - 64).padStart(2, '0')
  const products = [...place, ...number.slice(1, 9)].map((digit, i) => String(Number(digit) * (1 + (i % 2))))
  return [...products.join('')].reduce((sum, digit) => sum + Number(digit), 0) % 10
}

test('patients have what a clinic asks of them', () => {
  for (const { insuranceNumber, born, legalGuardian, diagnosis, medication } of people) {
    assert.match(insuranceNumber, /^[A-Z]\d{9}$/)
    assert.equal(insuranceCheck(insuranceNumber), Number(insuranceNumber[9]))
    assert.equal(legalGuardian !== '', Number.parseInt(born, 10) >= 2009)
    assert.match(diagnosis, /^[A-Z]\d\d(\.\d)?$/)
    assert.match(medication, /^[A-Z]\w+ [\d.]+ mg$/)
  }
  assert.ok(people.some(({ legalGuardian }) => legalGuardian !== ''))
})

test('telephones and places are well-formed', () => {
  for (const number of people.keys()) {
    const { advertisingId, imei, ipAddress } = deviceOf(number)
    assert.match(advertisingId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/)
    assert.match(imei, /^\d{15}$/)
    assert.equal(luhnRemainder(imei), 0)
    assert.match(ipAddress, /^203\.0\.113\.\d{1,3}$/)
    const { latitude, longitude } = fetchedAt(number)
    assert.ok(latitude >= 52.4 && latitude < 52.6 && longitude >= 13.2 && longitude < 13.6)
  }
})

test('they are different people, and the same ones each time', () => {
  for (const key of ['email', 'iban', 'card', 'insuranceNumber'] as const)
    assert.equal(new Set(people.map((each) => each[key])).size, people.length, key)
  assert.deepEqual(person(7), people[7])
  assert.equal(person(0).email, 'jonas.garcia0@mail.example.org')
})
