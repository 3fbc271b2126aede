import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseThreatSettings } from './parse-settings.ts'

test('threats are named by number or name, and switched or measured otherwise', () => {
  assert.deepEqual(
    parseThreatSettings(['1002=off', 'TCP.SYN.Flood=400', '3011=50/120', '2012=on', '1002=7']),
    {
      settings: {
        icmpFlood: { on: true, threshold: 7 },
        synFlood: { on: true, threshold: 400 },
        portScan: { on: true, threshold: 50, seconds: 120 },
        tls10: { on: true },
      },
    },
  )
})

const wrong: [text: string, problem: RegExp][] = [
  ['9999=on', /no number or name/],
  ['1002', /no number or name/],
  ['=on', /no number or name/],
  ['1002=maybe', /none of on, off/],
  ['1002=0', /none of on, off/],
  ['1002=5/0', /none of on, off/],
  ['2009=5/60', /not measured over a time/],
]

for (const [text, problem] of wrong) {
  test(`\`${text}\` is refused`, () => {
    const parsed = parseThreatSettings([text])
    assert.ok('problem' in parsed)
    assert.match(parsed.problem, problem)
  })
}
