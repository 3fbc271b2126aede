import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration, parseDuration, parseSize, shortAge, shortNumber } from './quantity.ts'

test('durations and sizes are read with their unit and refused without', () => {
  const durations: [string, number | null][] = [
    ['7d', 604_800_000],
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['250 ms', 250],
    ['2W', 1_209_600_000],
    ['7', null],
    ['', null],
    ['d', null],
    ['-1d', null],
    ['1e9d', null],
    ['999999999999w', null],
    ['1 constructor', null],
  ]
  for (const [text, expected] of durations) assert.equal(parseDuration(text), expected, text)
  const sizes: [string, number | null][] = [
    ['2GiB', 2_147_483_648],
    ['500MB', 500_000_000],
    ['1.5 gib', 1_610_612_736],
    ['10', null],
    ['10d', null],
  ]
  for (const [text, expected] of sizes) assert.equal(parseSize(text), expected, text)
})

test('numbers are short', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [999, '999'],
    [1_000, '1.0k'],
    [1_249, '1.2k'],
    [9_949, '9.9k'],
    [9_951, '10k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
    [12_345_678, '12M'],
    [7e9, '7.0G'],
  ]
  for (const [value, expected] of cases) assert.equal(shortNumber(value), expected)
})

test('ages are short', () => {
  const cases: [number, string][] = [
    [-5_000, 'now'],
    [999, 'now'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ]
  for (const [ms, expected] of cases) assert.equal(shortAge(ms), expected)
})

for (const [ms, text] of [
  [0, '0ms'],
  [1, '1ms'],
  [90_000, '90s'],
  [604_800_000, '7d'],
  [172_800_000, '2d'],
] as const) {
  test(`${ms} ms are written as ${text}`, () => {
    assert.equal(formatDuration(ms), text)
    assert.equal(parseDuration(text), ms)
  })
}
