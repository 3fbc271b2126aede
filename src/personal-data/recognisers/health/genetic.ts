import type { Match } from '../../../scan/scanner.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { wordsOf } from '../../values/vocabulary.ts'

/** Bases that make a sequence that few people have, as primers and probes do not. */
const leastBases = 30
const bases = new Set(Buffer.from('ACGTUNacgtun'))

/** A, C, G, T, or U in RNA, with gaps of unread ones and blanks of every tenth. */
function isSequence(bytes: Uint8Array, start: number, end: number): boolean {
  let count = 0
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d) continue
    if (!bases.has(bytes[at])) return false
    count++
  }
  return count >= leastBases
}

const alleles = new Set(Buffer.from('ACGTDI-'))

/** `AG`, `A/G`, `C|T`, `(A;G)`, `0/1`, `1|1`, `--`: the two alleles at one place. */
function isGenotype(bytes: Uint8Array, start: number, end: number): boolean {
  const isBracketed = end - start === 5 && bytes[start] === 0x28 && bytes[end - 1] === 0x29
  const from = isBracketed ? start + 1 : start
  const to = isBracketed ? end - 1 : end
  const hasSeparator = to - from === 3 && [0x2f, 0x7c, 0x3b].includes(bytes[from + 1])
  if (to - from !== 2 && !hasSeparator) return false
  const [first, second] = [bytes[from], bytes[to - 1]]
  const isCount = (byte: number): boolean => byte >= 0x30 && byte <= 0x33
  return (alleles.has(first) && alleles.has(second)) || (hasSeparator && isCount(first) && isCount(second))
}

/** `*1/*4` of a gene whose variants have numbers, `ε3/ε4`, `HLA-B*57:01`. */
function isStarAllele(bytes: Uint8Array, start: number, end: number): boolean {
  const star = bytes.indexOf(0x2a, start)
  if (star < 0 || star + 1 >= end || end - start > 40) return false
  return bytes[star + 1] >= 0x30 && bytes[star + 1] <= 0x39
}

const rsPrefix = Buffer.from('rs')

function isRsId(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5 || end - start > 12) return false
  for (let i = 0; i < rsPrefix.length; i++) if ((bytes[start + i] | 0x20) !== rsPrefix[i]) return false
  for (let at = start + 2; at < end; at++) if (bytes[at] < 0x30 || bytes[at] > 0x39) return false
  return bytes[start + 2] !== 0x30
}

/** `c.` and the like at the start, or behind the name of a sequence: `NM_000492.4:c.1521_1523del`. */
function isHgvs(bytes: Uint8Array, start: number, end: number): boolean {
  const colon = bytes.indexOf(0x3a, start)
  const from = colon > start && colon < end ? colon + 1 : start
  if (end - from < 4 || bytes[from + 1] !== 0x2e || !hgvsKinds.has(bytes[from])) return false
  const next = bytes[from + 2]
  const isDigit = next >= 0x30 && next <= 0x39
  return isDigit || next === 0x2d || next === 0x2a || (next >= 0x41 && next <= 0x5a) || next === 0x28
}

/** Coding, genomic, mitochondrial, non-coding, protein, RNA. */
const hgvsKinds = new Set(Buffer.from('cgmnpr'))

function confidenceOfGenes(bytes: Uint8Array, start: number, end: number): number {
  if (isSequence(bytes, start, end) || isHgvs(bytes, start, end)) return 0.3
  if (isRsId(bytes, start, end) || isStarAllele(bytes, start, end)) return 0.2
  return isGenotype(bytes, start, end) ? 0.1 : 0
}

const aminoAcids = new Set(
  'Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Sec Ter'.split(' '),
)

/** What is substituted, as `p.` is also the page of a book and the field of a program. */
function isProteinChange({ bytes, start }: Match): boolean {
  return aminoAcids.has(String.fromCharCode(bytes[start + 2], bytes[start + 3], bytes[start + 4]))
}

export const genetic: Recogniser = {
  id: 'genetic-data',
  name: 'Genetic data',
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
  value: confidenceOfGenes,
  // A change stands behind the name of its sequence.
  mayBeJoined: true,
  fieldNames: wordsOf({
    en: 'genotype, genotypes, dna sequence, rsid, rs id, dbsnp, dbsnp id, snp, snp id, allele, alleles, genetic variant, gene variant, hgvs, hgvs notation, mutation, mutations, genetic mutation, genetic test, genetic test result, genetic data, genetic profile, dna, dna profile, dna sample, gene sequence, nucleotide sequence, genome sequence, haplotype, haplogroup, brca status, apoe, hla type, hla typing, str profile, diplotype',
    de: 'genotyp, dna sequenz, dns sequenz, genvariante, gentest, gentestergebnis, gendaten, mutationsstatus, erbgut',
    fr: 'génotype, séquence adn, variant génétique, test génétique, profil adn, données génétiques',
    es: 'genotipo, secuencia adn, secuencia de adn, variante genética, prueba genética, perfil genético, datos genéticos',
    it: 'genotipo paziente, sequenza dna, variante genetica, test genetico, profilo dna, dati genetici',
    nl: 'dna volgorde, genetische variant, dna profiel, genetische gegevens, genetische test',
    pl: 'sekwencja dna, wariant genetyczny, badanie genetyczne, profil dna, dane genetyczne',
    pt: 'genótipo, sequência de dna, variante genética, teste genético, perfil genético, dados genéticos',
    sv: 'dna sekvens, genetisk variant, gentestresultat, dna profil, genetiska uppgifter',
  }),
  vagueFieldNames: wordsOf({ all: 'sequence, variant, read sequence' }),
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
    good: [
      'c.76A>T',
      'c.1521_1523del',
      'p.Phe508del',
      'rs429358',
      'AG',
      'C/T',
      '0|1',
      '*1/*4',
      'GATTACAGATTACAGATTACAGATTACAGATTACA',
    ],
    bad: ['null', 'ACGTACGT', 'rs0', 'TRUE', '42', 'true', 'c.length', 'dna.seq', '2024-01-01'],
  },
}
