import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

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

const longestAlleles = 40

/** `*1/*4` of a gene whose variants have numbers, `ε3/ε4`, `HLA-B*57:01`. */
function isStarAllele(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longestAlleles) return false
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] === 0x2a) return bytes[at + 1] >= 0x30 && bytes[at + 1] <= 0x39
  }
  return false
}

function confidenceOfGenes(bytes: Uint8Array, start: number, end: number): number {
  if (isSequence(bytes, start, end)) return 0.3
  if (isStarAllele(bytes, start, end)) return 0.2
  return isGenotype(bytes, start, end) ? 0.1 : 0
}

export const genetic: Recogniser = termRecogniser({
  id: 'genetic-data',
  name: 'Genotype, sequence or genetic finding',
  category: 'genetic',
  fieldNames: {
    en: 'genotype, genotypes, dna sequence, allele, alleles, genetic test, genetic test result, genetic data, genetic profile, genetic finding, dna, dna profile, dna sample, gene sequence, nucleotide sequence, genome sequence, haplotype, haplogroup, brca status, carrier status, apoe genotype, hla type, hla typing, str profile, diplotype, karyotype',
    de: 'genotyp, dna sequenz, dns sequenz, gentest, gentestergebnis, gendaten, erbgut, karyotyp',
    fr: 'génotype, séquence adn, test génétique, profil adn, données génétiques, caryotype',
    es: 'genotipo, secuencia adn, secuencia de adn, prueba genética, perfil genético, datos genéticos',
    it: 'genotipo paziente, sequenza dna, test genetico, profilo dna, dati genetici',
    nl: 'dna volgorde, dna profiel, genetische gegevens, genetische test',
    pl: 'sekwencja dna, badanie genetyczne, profil dna, dane genetyczne',
    pt: 'genótipo, sequência de dna, teste genético, perfil genético, dados genéticos',
    sv: 'dna sekvens, gentestresultat, dna profil, genetiska uppgifter',
  },
  otherValue: confidenceOfGenes,
  valueMayBeCut: true,
  closed: true,
  terms: {
    en: 'brca, pathogenic, likely pathogenic, uncertain significance, vus, benign, likely benign, carrier, not a carrier, non carrier, homozygous, heterozygous, hemizygous, compound heterozygous, wild type, wildtype, mutated, mutation detected, no mutation detected, positive, negative, factor v leiden, lynch syndrome, cystic fibrosis, huntington, sickle cell, thalassemia, trisomy, hla b, hla dr, hla dq',
    de: 'pathogen, wahrscheinlich pathogen, träger, anlageträger, kein träger, homozygot, heterozygot, wildtyp, positiv, negativ, unklare signifikanz',
    fr: 'pathogène, porteur, porteuse, non porteur, homozygote, hétérozygote, positif, négatif',
    es: 'patogénica, portador, portadora, no portador, homocigoto, heterocigoto, positivo, negativo',
    it: 'patogenica, portatore, portatrice, sano, omozigote, eterozigote, positivo, negativo',
    nl: 'pathogeen, drager, geen drager, homozygoot, heterozygoot, positief, negatief',
    pl: 'patogenny, nosiciel, nosicielka, homozygota, heterozygota, pozytywny, negatywny',
    pt: 'patogênica, portador, não portador, homozigoto, heterozigoto',
    sv: 'patogen, bärare, anlagsbärare, homozygot, heterozygot, positiv, negativ',
  },
  source: 'GDPR Art. 4(13) and 9(1); VCF specification 4.x; PharmVar star alleles; IUPAC nucleotide codes',
  examples: {
    good: [
      'AG',
      'C/T',
      '0|1',
      '*1/*4',
      'GATTACAGATTACAGATTACAGATTACAGATTACA',
      'BRCA1 pathogenic',
      'Heterozygous',
    ],
    bad: ['null', 'ACGTACGT', 'TRUE', '42', 'dna.seq', '2024-01-01', '1/2/3'],
  },
})
