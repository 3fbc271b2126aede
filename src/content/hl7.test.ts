import { testAnything, testFields } from '../../test/support/field-cases.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Hl7Tracker } from './hl7.ts'
import { limits } from './limits.ts'

const header = 'MSH|^~\\&|LAB|CLINIC|EHR|CLINIC|20260101||ADT^A01|1|P|2.5\r'

testFields('HL7 v2', new Hl7Tracker(), [
  ['MSH|^~\\&|¤', 'MSH-3'],
  [`${header}PID|1||¤`, 'PID-3.1 patient number id'],
  [`${header}PID|1||12^^^CLINIC^MR~¤`, 'PID-3.1 patient number id'],
  [`${header}PID|1||12||¤`, 'PID-5.1 patient name family name'],
  [`${header}PID|1||12||Meier^¤`, 'PID-5.2 patient name given name'],
  [`${header}PID|1||12||Meier^Anna^^^^^¤`, 'PID-5.7 patient name'],
  [`${header}PID|1||12||Meier&von^Anna||¤`, 'PID-7 date of birth'],
  [`${header}PID|1||12||||||||Weg 1^^Ulm^^¤`, 'PID-11.5 patient address postal code'],
  [`${header}PID|1\rPV1|1||||||¤`, 'PV1-7.1 attending doctor id'],
  [`${header}PID|1\r\nZPD|1|a^¤`, 'ZPD-2'],
  [`\x0b${header}DG1|1||I10^¤`, 'DG1-3.2 diagnosis text'],
  [`\x0b${header}OBX|1\r\x1c\r\x0b${header}OBX|1|TX|||¤`, 'OBX-5 observation value'],
  ['MSH$*%!@$LAB\rPID$1$$12$$Meier|^~*¤', 'PID-5.2 patient name given name'],
  ['MSH$*%!@$LAB\rPID$1\rMSH|^~\\&|LAB\rPID|||||¤', 'PID-5.1 patient name family name'],
  ['MSH|\rPID|||||¤', 'PID-5.1 patient name family name'],
  ['FHS|^~\\&|A\rPID|||||||¤', 'PID-7 date of birth'],
  [`${header}PI¤`, ''],
  [`${header}PIDX|¤`, ''],
  [`${header}a note: ¤`, ''],
  [`${header}a note\rPID|||||||¤`, 'PID-7 date of birth'],
  [`${header}ZZZ${'|'.repeat(250)}¤`, 'ZZZ-…'],
  ['constructor|¤', ''],
])

testAnything('HL7 v2', new Hl7Tracker(), [
  ...[
    'MSH',
    'MSH|^~\\&|',
    'MSH$*%!@$',
    'PID|',
    'PID',
    'OBX',
    'Z1',
    '|',
    '|',
    '^',
    '~',
    '&',
    '\\',
    '\r',
    '\r',
    '\n',
  ],
  ...['\x0b', '\x1c', 'Meier', '1980', '*', '$', '\xe9', '\0'],
])

describe('values of HL7 v2', () => {
  type Told = [field: string, value: string, place: string][]

  function told(content: string, cut: number): Told {
    const values: Told = []
    const bytes = Buffer.from(content, 'latin1')
    const tracker = new Hl7Tracker()
    tracker.values = {
      isTelling: (field) => field.includes('name') || field.includes('comment') || field === 'MSH-4',
      value: (field, run, start, end, from, to) => {
        const value = Buffer.from(run.subarray(start, end)).toString('latin1')
        values.push([field, value, bytes.toString('latin1', from, to)])
      },
    }
    tracker.reset()
    tracker.read(bytes, 0, cut)
    tracker.read(bytes, cut, bytes.length)
    tracker.end()
    return values
  }

  const familyName = 'PID-5.1 patient name family name'
  const contents: [content: string, values: [string, string][]][] = [
    [
      `MSH|^~\\&||CLINIC\rPID|1||12^^^A~34||Meier&von^ Anna ~Kurz^\rNTE|||see below`,
      [
        [familyName, 'Meier'],
        [familyName, 'von'],
        ['PID-5.2 patient name given name', 'Anna'],
        [familyName, 'Kurz'],
        ['NTE-3 comment', 'see below'],
      ],
    ],
    [`PID|||||Meier\nPID|||||${'x'.repeat(limits.valueBytes + 1)}\n`, [[familyName, 'Meier']]],
    ['name|comment', []],
  ]
  for (const [content, values] of contents) {
    it(`${JSON.stringify(content)} holds ${values.map(([, value]) => value).join(', ')}, wherever it is cut`, () => {
      for (let cut = 0; cut <= content.length; cut++) {
        const expected = values.map(([field, value]) => [field, value, value])
        assert.deepEqual(told(content, cut), expected, `cut ${cut}`)
      }
    })
  }
})
