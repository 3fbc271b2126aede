import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { quantityOf } from '../../values/quantity.ts'
import { wordsOf } from '../../values/vocabulary.ts'

/** Shorter ones are a name or a number of a template, and none. */
const leastEncoded = 40
/** Characters of hexadecimal digits alone, which hashes are too. */
const leastHexadecimal = 72
/** Of a number that stands alone: measured features have more of them than scores and shares. */
const leastDecimals = 4
/** Of one that others follow. */
const leastDecimalsInVector = 2

/** A template in base64 or in hexadecimal, or the numbers of a vector: all of them, or the first. */
function confidenceOfTemplate(bytes: Uint8Array, start: number, end: number): number {
  const from = bytes[start] === 0x5b ? start + 1 : start
  const { number, digits, decimals, unitStart } = quantityOf(bytes, from, end)
  const least = unitStart === end ? leastDecimals : leastDecimalsInVector
  if (digits > 0 && digits <= 3 && decimals >= least && isVectorEnd(bytes, unitStart, end))
    return Math.abs(number) < 1000 ? 0.1 : 0
  return confidenceOfEncoded(bytes, start, end)
}

function isVectorEnd(bytes: Uint8Array, at: number, end: number): boolean {
  return at === end || [0x2c, 0x3b, 0x5d, 0x20].includes(bytes[at]) || bytes[at - 1] === 0x20
}

function confidenceOfEncoded(bytes: Uint8Array, start: number, end: number): number {
  let letters = 0
  let digits = 0
  let beyondHexadecimal = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    const letter = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) digits++
    else if (letter >= 0x61 && letter <= 0x7a) letters++
    else if (![0x2b, 0x2f, 0x2d, 0x5f, 0x3d].includes(byte)) return 0
    if (letter > 0x66 && letter <= 0x7a) beyondHexadecimal++
  }
  if (end - start < leastEncoded || letters === 0 || digits === 0) return 0
  return beyondHexadecimal > 0 || end - start >= leastHexadecimal ? 0.1 : 0
}

export const biometric: Recogniser = {
  id: 'biometric',
  name: 'Biometric template',
  category: 'special',
  // Records of finger minutiae, faces, irises and finger images of either edition begin so: `FMR`, ` 20` or `030`, in base64.
  forms: [
    {
      expression: '(?:Rk1S|RkFD|SUlS|RklS)A(?:CAyM|DAzM)[A-Za-z0-9+/]{24}',
      confidence: 0.95,
      goesOnWith: '[A-Za-z0-9+/=]',
    },
  ],
  value: confidenceOfTemplate,
  valueMayBeCut: true,
  fieldNames: wordsOf({
    en: `fingerprint template, fingerprint templates, fingerprint data, fingerprint scan, fingerprint minutiae,
      minutiae, finger template, thumbprint template, biometric, biometrics, biometric data, biometric template,
      face embedding, face embeddings, face encoding, face encodings, face vector, face template, face descriptor,
      face features, face print, faceprint, facial embedding, facial encoding, facial template, facial features, facial data,
      iris template, iris code, iris scan, iris data, retina scan, retina template, voiceprint, voice print,
      voice embedding, voice template, speaker embedding, palm print, palm template, palm vein, vein pattern, gait template`,
    de: 'fingerabdruckdaten, fingerabdruck template, biometrische daten, biometrisches merkmal, biometrisches template, gesichtsvektor, gesichtsmerkmale, gesichtsdaten, irisscan, irisdaten, stimmprofil, stimmabdruck',
    fr: 'empreinte digitale, empreintes digitales, données biométriques, gabarit biométrique, empreinte vocale, empreinte faciale',
    es: 'huella dactilar, huellas dactilares, datos biométricos, plantilla biométrica, huella de voz, vector facial',
    it: 'impronta digitale, impronte digitali, dati biometrici, impronta vocale, modello biometrico, vettore facciale',
    nl: 'vingerafdruk, vingerafdrukken, biometrische gegevens, stemafdruk, gezichtsvector',
    pl: 'odcisk palca, odciski palców, dane biometryczne, wzorzec biometryczny, wzorzec tęczówki',
    pt: 'impressão digital, impressões digitais, dados biométricos, impressão vocal, modelo biométrico',
    sv: 'fingeravtryck, biometriska uppgifter, biometrisk mall, röstavtryck, irismall',
  }),
  notFieldNames: wordsOf({
    en: 'key fingerprint, certificate fingerprint, cert fingerprint, device fingerprint, browser fingerprint, tls fingerprint, ssh fingerprint, biometric token, face id token, biometric key, biometric signature, biometric score, biometric confidence, biometric threshold, biometric similarity, face features enabled',
  }),
  contextWords: {},
  mask: (value) => maskMiddle(value, 2, 0),
  source: 'GDPR Art. 4(14) and 9(1); ISO/IEC 19794-2, -4, -5 and -6 on biometric data interchange formats',
  examples: {
    good: [
      'Rk1SACAyMAAAAADkAAABQAHgAMUAxQEAAAAAKEBpAE1QAEDuAGRQAIC+AHhWAA==',
      '-0.09128434211015701',
      '[0.113, -0.4421, 0.9073, 0.0012]',
      '464d520020323000000000e40000014001e000c500c50100000000284069004d500040ee006450',
    ],
    bad: [
      'null',
      'enabled',
      '4711',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      '1.0',
      '0.987',
      'thumb.png',
    ],
  },
}
