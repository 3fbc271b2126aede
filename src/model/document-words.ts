/** What is drafted of what was observed. */
export const documentKinds = [
  /** Record of processing activities, of a controller: GDPR Article 30(1). */
  'record',
  /** The same of a processor: Article 30(2). */
  'processor-record',
  /** What is known for a data protection impact assessment: Article 35(7). */
  'impact-assessment',
  /** Technical and organisational measures, with what was measured: Article 32. */
  'measures',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** `pdf`: PDF/A-3 with the data that it was made of in it. */
export const documentFormats = ['html', 'markdown', 'pdf', 'docx', 'csv', 'json'] as const
export type DocumentFormat = (typeof documentFormats)[number]
