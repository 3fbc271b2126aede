import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { testToldValues } from '../../test/support/told-values.ts'
import { describe } from 'node:test'
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
  const familyName = 'PID-5.1 patient name family name'
  const isTelling = (field: string) => /name|comment|MSH-4/.test(field)
  testToldValues(new Hl7Tracker(), isTelling, [
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
  ])
})
