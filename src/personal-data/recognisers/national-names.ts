/**
 * What fields that hold a number of the state are called in every country, so that the name alone does not tell whose it is:
 * the checksum does, and where several accept the value, a country in the name (`polish_tax_id`), else the surest form. A
 * field that is called after what a number is for speaks for it most, and for numbers that serve other ends less.
 */

/** Of the numbers that people are known by. */
export const identityNames: readonly string[] = [
  'national id',
  'national id number',
  'national identifier',
  'national identity number',
  'national identification number',
  'national number',
  'identity number',
  'identity no',
  'identification number',
  'identity document number',
  'citizen id',
  'citizen number',
  'resident id',
  'government id',
  'gov id',
  'personal id',
  'personal id number',
  'personal identifier',
  'personal identification number',
  'personal identity number',
  'personal identity code',
  'personal identification code',
  'personal number',
  'personal no',
  'personal code',
  'person number',
  'person id number',
  'civil id',
]

/** Of the numbers of taxpayers. */
export const taxNames: readonly string[] = [
  'tax id',
  'tax id number',
  'tax identifier',
  'tax number',
  'tax no',
  'tax code',
  'tax identification number',
  'tax payer id',
  'taxpayer id',
  'taxpayer number',
  'taxpayer identification number',
  'fiscal code',
  'fiscal number',
  'fiscal id',
  'tin',
  'tin number',
]

/** Of the numbers of the insured. */
const insuranceNames: readonly string[] = [
  'ssn',
  'social security',
  'social security number',
  'social security no',
  'social security id',
  'social insurance number',
  'social number',
  'national insurance number',
  'insurance number',
  'health insurance number',
  'health insurance id',
  'health id',
  'patient identifier',
]

export const nationalNames: readonly string[] = [...identityNames, ...taxNames, ...insuranceNames]
