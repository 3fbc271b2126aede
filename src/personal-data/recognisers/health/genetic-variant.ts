import type { Match } from '../../../scan/scanner.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { wordsOf } from '../../values/vocabulary.ts'

const rsPrefix = Buffer.from('rs')

function isRsId(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5 || end - start > 12) return false
  for (let i = 0; i < rsPrefix.length; i++) if ((bytes[start + i] | 0x20) !== rsPrefix[i]) return false
  for (let at = start + 2; at < end; at++) if (bytes[at] < 0x30 || bytes[at] > 0x39) return false
  return bytes[start + 2] !== 0x30
}

/** Coding, genomic, mitochondrial, non-coding, protein, RNA. */
const hgvsKinds = new Set(Buffer.from('cgmnpr'))

const P = 0x70

/** The longest name of a sequence that a change is told of: `NC_000007.14`, with a gene in parentheses behind it. */
const longestReference = 32

/** Behind the colon that ends the name of a sequence; the start where there is none. */
function behindReference(bytes: Uint8Array, start: number, end: number): number {
  const last = Math.min(end, start + longestReference)
  for (let at = start; at < last; at++) if (bytes[at] === 0x3a) return at + 1
  return start
}

/** `c.` and the like at the start, or behind the name of a sequence: `NM_000492.4:c.1521_1523del`. */
function isHgvs(bytes: Uint8Array, start: number, end: number): boolean {
  const from = behindReference(bytes, start, end)
  if (end - from < 4 || bytes[from + 1] !== 0x2e || !hgvsKinds.has(bytes[from])) return false
  const next = bytes[from + 2]
  // A protein's change begins with the amino acid.
  if (bytes[from] === P) return (next >= 0x41 && next <= 0x5a) || next === 0x28
  return (next >= 0x30 && next <= 0x39) || next === 0x2d || next === 0x2a
}

function confidenceOfVariant(bytes: Uint8Array, start: number, end: number): number {
  if (isHgvs(bytes, start, end)) return 0.3
  return isRsId(bytes, start, end) ? 0.2 : 0
}

const aminoAcids = new Set(
  'Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Sec Ter'.split(' '),
)

/** What is substituted, as `p.` is also the page of a book and the field of a program. */
function isProteinChange({ bytes, start }: Match): boolean {
  return aminoAcids.has(String.fromCharCode(bytes[start + 2], bytes[start + 3], bytes[start + 4]))
}

export const geneticVariant: Recogniser = {
  id: 'genetic-variant',
  name: 'Genetic variant',
  category: 'genetic',
  forms: [
    { expression: '##fileformat=VCFv4\\.\\d', confidence: 0.9 },
    { expression: '[cgmn]\\.\\d{1,9}(?:[+-]\\d{1,4})?[ACGT]>[ACGT]', confidence: 0.8 },
    { expression: '[cgmn]\\.\\d{1,9}(?:_\\d{1,9})?(?:del|dup|ins|inv)[ACGT]{0,20}', confidence: 0.7 },
    {
      expression: 'p\\.[A-Z][a-z][a-z]\\d{1,5}(?:[A-Z][a-z][a-z]|\\*|=|del|dup|fs)',
      confidence: 0.7,
      check: isProteinChange,
    },
    // Serial ports and types of parts are called so as well.
    { expression: 'rs\\d{4,10}', confidence: 0.1 },
  ],
  value: confidenceOfVariant,
  // A change stands behind the name of its sequence.
  mayBeJoined: true,
  fieldNames: wordsOf({
    en: 'genetic variant, gene variant, variant name, variant id, rsid, rs id, dbsnp, dbsnp id, snp, snp id, snps, hgvs, hgvs notation, hgvs c, hgvs p, genetic mutation, gene mutation, cdna change, protein change, amino acid change',
    de: 'genvariante, mutationsstatus, genmutation',
    fr: 'variant génétique, mutation génétique',
    es: 'variante genética, mutación genética',
    it: 'variante genetica, mutazione genetica',
    nl: 'genetische variant, genmutatie',
    pl: 'wariant genetyczny, mutacja genetyczna',
    pt: 'variante do gene, mutação genética',
    sv: 'genetisk variant, genmutation',
  }),
  vagueFieldNames: wordsOf({ all: 'variant, variants, mutation, mutations, marker' }),
  contextWords: {
    en: [
      'snp',
      'genotype',
      'allele',
      'variant',
      'dbsnp',
      'polymorphism',
      'homozygous',
      'heterozygous',
      'gene',
    ],
    de: ['snp', 'genotyp', 'allel', 'genvariante', 'homozygot', 'heterozygot', 'gen'],
    fr: ['snp', 'génotype', 'allèle', 'homozygote', 'hétérozygote', 'gène'],
    es: ['snp', 'genotipo', 'alelo', 'homocigoto', 'heterocigoto'],
    it: ['snp', 'genotipo', 'allele', 'omozigote', 'eterozigote'],
    nl: ['snp', 'genotype', 'allel', 'homozygoot', 'heterozygoot'],
    pl: ['snp', 'genotyp', 'allel', 'homozygota', 'heterozygota'],
    pt: ['snp', 'genótipo', 'alelo', 'homozigoto', 'heterozigoto'],
    sv: ['snp', 'genotyp', 'allel', 'homozygot', 'heterozygot'],
  },
  mask: (value) => maskMiddle(value, 2, 0),
  source: 'GDPR Art. 4(13) and 9(1); HGVS Nomenclature; VCF specification 4.x; NCBI dbSNP',
  examples: {
    good: ['c.76A>T', 'c.1521_1523del', 'p.Phe508del', 'rs429358', 'g.32315508_32315509insA'],
    bad: ['null', 'rs0', 'c.length', 'variant', '42', 'p.12', 'rs-232', 'primary'],
  },
}
