/** How a file is told apart by who receives it. */
export interface FileType {
  /** Media type. */
  type: string
  /** Of its name, without a dot. */
  ending: string
}

export const fileTypes = {
  html: { type: 'text/html; charset=utf-8', ending: 'html' },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ending: 'docx' },
  pdf: { type: 'application/pdf', ending: 'pdf' },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  json: { type: 'application/json; charset=utf-8', ending: 'json' },
  oscal: { type: 'application/json; charset=utf-8', ending: 'oscal.json' },
} as const satisfies Readonly<Record<string, FileType>>
