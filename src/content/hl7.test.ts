import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { readValues } from '../../test/support/read-values.ts'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Hl7Tracker } from './hl7.ts'

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
  const contents: [content: string, values: [string, string][]][] = [
    [
      'MSH|^~\\&||CLINIC\rPID|1||12^^^A~34||Meier&von^Anna\rNTE|||see below\r',
      [
        ['MSH-4', 'CLINIC'],
        ['PID-1', '1'],
        ['PID-3.1 patient number id', '12'],
        ['PID-3.4 patient number assigning authority', 'A'],
        ['PID-3.1 patient number id', '34'],
        ['PID-5.1 patient name family name', 'Meier'],
        ['PID-5.1 patient name family name', 'von'],
        ['PID-5.2 patient name given name', 'Anna'],
        ['NTE-3 comment', 'see below'],
      ],
    ],
    [
      'no segment | at all\nABC',
      [
        ['', 'no segment | at all'],
        ['', 'ABC'],
      ],
    ],
    [
      'PID|1||12',
      [
        ['PID-1', '1'],
        ['PID-3.1 patient number id', '12'],
      ],
    ],
    ['PIN 123', [['', 'PIN 123']]],
    [
      'AB\rPID|x',
      [
        ['', 'AB'],
        ['PID-1', 'x'],
      ],
    ],
  ]
  for (const [content, values] of contents) {
    it(`${JSON.stringify(content)} holds ${values.map(([, value]) => value).join(', ')}, wherever it is cut`, () => {
      for (const pieceBytes of [1, 2, 3, 7, 999])
        assert.deepEqual(readValues(new Hl7Tracker(), Buffer.from(content, 'latin1'), pieceBytes), values)
    })
  }
})
