import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../../test/support/built-in-detector.ts'
import { detectAll } from '../../../../test/support/detect-all.ts'

/** What is found in a text whose format is not known. */
const idsIn = (text: string): string[] => detectAll(detector, text).map(({ id }) => id)

function assertFound(table: readonly [text: string, ids: string[]][]): void {
  for (const [text, ids] of table) assert.deepEqual(idsIn(text), ids, text)
}

test('data concerning health is found by its names in nine languages', () => {
  assertFound([
    ['{"medikament":"Ramipril 5 mg"}', ['medication']],
    ['<médicament>Doliprane 1000 mg</médicament>', ['medication']],
    ['Leki: Apap', ['medication']],
    ['{"bloedgroep":"O-"}', ['blood-group']],
    ['groupe_sanguin=AB+', ['blood-group']],
    ['{"alergias":"frutos secos"}', ['allergy']],
    ['Unverträglichkeiten: Laktose', ['allergy']],
    ['{"grad_der_behinderung":60}', ['disability']],
    ['{"invalidità":"non vedente"}', ['disability']],
    ['{"funktionsnedsättning":"synskadad"}', ['disability']],
    ['Blutdruck: 135/85 mmHg', ['lab-result']],
    ['{"glicemia":"104 mg/dL"}', ['lab-result']],
    ['{"gravidanza":true}', ['pregnancy']],
    ['<ciaza>24</ciaza>', ['pregnancy']],
    ['{"vacunas":["Triple vírica"]}', ['vaccination']],
    ['{"impfstatus":"ungeimpft"}', ['vaccination']],
    ['Versichertennummer: XK4711-08', ['health-insurance-number']],
    ['{"numero_de_utente":"298471053"}', ['health-insurance-number']],
    ['{"numero_dossier":"2024-118-7"}', ['patient-id']],
    ['Fallnummer: 80041752', ['patient-id']],
    ['{"genotyp":"C/T"}', ['genetic-data']],
  ])
})

test('codes are known by their check digits', () => {
  assertFound([
    ['{"loinc":"2345-7"}', ['lab-result']],
    ['{"loinc":"2345-8"}', []],
    ['{"sctid":73211009}', ['snomed-code']],
    ['{"sctid":73211008}', []],
    ['{"atc_code":"C09AA05"}', ['medication']],
    ['The drug A10BA02 was prescribed.', ['medication']],
    ['Part A10BA02 is out of stock.', []],
  ])
})

test('codes in FHIR are found by the system that they are of', () => {
  const coding = (system: string, code: string): string =>
    `{"coding":[{"system":"${system}","code":"${code}"}]}`
  assertFound([
    [coding('http://loinc.org', '4548-4'), ['lab-result']],
    [coding('http://loinc.org', '4548-5'), []],
    [coding('http://snomed.info/sct', '73211009'), ['snomed-code']],
    [coding('http://hl7.org/fhir/sid/icd-10-cm', 'E11.65'), ['diagnosis']],
    [coding('http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'F32.1'), ['diagnosis']],
    [coding('http:\\/\\/www.whocc.no\\/atc', 'A10BA02'), ['medication']],
    [coding('http://www.nlm.nih.gov/research/umls/rxnorm', '860975'), ['medication']],
    [coding('http://hl7.org/fhir/sid/cvx', '207'), ['vaccination']],
    [coding('http://example.org/colours', '4548-4'), []],
    ['<system value="http://loinc.org"/>\n  <code value="718-7"/>', ['lab-result']],
    ['{\n  "system" : "http://loinc.org",\n      "code" : "718-7"\n}', ['lab-result']],
    ['see http://loinc.org for "code"', []],
  ])
})

test('yes and no count where the field asks for them', () => {
  assertFound([
    ['{"pregnant":true}', ['pregnancy']],
    ['{"pregnant": false, "x":1}', ['pregnancy']],
    ['pregnant=1', ['pregnancy']],
    ['{"pregnancy_status":"pregnant"}', ['pregnancy']],
    ['{"has_disability":"no"}', ['disability']],
    ['{"registeredDisabled":true}', ['disability']],
    ['{"vaccinated":true}', ['vaccination']],
    ['{"disabled":true}', []],
    ['{"medication":true}', []],
    ['{"allergies":null}', []],
  ])
})

test('genes are found by the form of what is written of them', () => {
  assertFound([
    ['##fileformat=VCFv4.2\n##source=caller\n', ['genetic-variant']],
    ['BRCA1 NM_007294.4:c.68_69delAG was found', ['genetic-variant']],
    ['cystic fibrosis, p.Phe508del, homozygous', ['genetic-variant']],
    ['variant c.76A>T', ['genetic-variant']],
    ['The SNP rs429358 tells.', ['genetic-variant']],
    ['serial port rs232, part rs429358', []],
    ['see p.Get1 and p.Foo12Bar', []],
    ['{"dna_sequence":"ACGTTGCAACGTTGCAACGTTGCAACGTTGCA"}', ['genetic-data']],
    ['{"dna_sequence":"ABCTTGCAACGTTGCAACGTTGCAACGTTGCA"}', []],
    ['{"dna_sequence":"ACGT"}', []],
  ])
})
