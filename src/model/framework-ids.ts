/** What Pavise reports on. */
export const frameworkIds = [
  'gdpr',
  'iso27001',
  'pci',
  'hipaa',
  'nis2',
  'soc2',
  'nist-csf',
  'grundschutz',
] as const
export type FrameworkId = (typeof frameworkIds)[number]

/** What a report may be written as. `oscal`: assessment results of NIST's Open Security Controls Assessment Language. */
export const reportFormats = ['html', 'pdf', 'docx', 'csv', 'json', 'oscal'] as const
export type ReportFormat = (typeof reportFormats)[number]
