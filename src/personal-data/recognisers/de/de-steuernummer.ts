import { digitsOf } from '../../checksums/digits.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

export const deSteuernummer: Recogniser = {
  id: 'de-steuernummer',
  name: 'German tax number (Steuernummer)',
  category: 'identity',
  country: 'de',
  // Each state checks its own in another way, and many that are in use pass none: only a name or a word is proof.
  forms: [
    { expression: '\\d{2,3}/\\d{3}/\\d{5}', confidence: 0.3 },
    { expression: '\\d{3}/\\d{4}/\\d{4}', confidence: 0.3 },
    { expression: '\\d{5}/\\d{5}', confidence: 0.15 },
    { expression: '\\d{2,3} \\d{3} \\d{5}', confidence: 0.1 },
    { expression: '\\d{13}', confidence: 0.022 },
    { expression: '\\d{11}', confidence: 0.022 },
    { expression: '\\d{10}', confidence: 0.022 },
  ],
  check: (match) => {
    const digits = digitsOf(match)
    // The form that all states share begins with the state, and has a 0 between the tax office and the rest.
    const isUnified = digits.length < 13 || (digits.at(0) > 0 && digits.at(4) === 0)
    return isUnified && !digits.areEqual()
  },
  fieldNames: [
    'steuernummer',
    'steuer nummer',
    'steuernr',
    'steuer nr',
    'stnr',
    'st nr',
    'finanzamt steuernummer',
    'german tax number',
  ],
  contextWords: {
    de: ['steuernummer', 'steuernr', 'st.-nr', 'steuer-nr', 'finanzamt'],
    en: ['german tax number'],
  },
  mask: (value) => maskMiddle(value, 0, 3),
  source:
    'Bundesministerium der Finanzen, Aufbau der Steuernummern der Länder; ELSTER, bundeseinheitliche Steuernummer',
  examples: {
    good: ['93815/08152', '181/815/08155', '133/8150/8159', '2893081508152', '21/815/08150'],
    bad: ['1111111111', '2893181508152', '181/815/0815', '0893081508152'],
  },
}
