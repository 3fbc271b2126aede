import type { Assessment } from './assessment/assess.ts'
import { frameworkDocument } from './framework-blocks.ts'
import { frameworkCsv } from './framework-csv.ts'
import { frameworkJson } from './framework-json.ts'
import type { ReportOrigin } from './framework-texts.ts'
import { pdf } from './pdf/pdf.ts'

/** A report to be kept: what it was made of is in it. */
export function frameworkPdf(assessment: Assessment, origin: ReportOrigin): Promise<Buffer> {
  const { id } = assessment.framework
  return pdf(frameworkDocument(assessment, origin), {
    made: assessment.made,
    files: [
      {
        ...{ name: `${id}.json`, type: 'application/json', content: frameworkJson(assessment, origin) },
        description: 'Controls with their states and evidence',
      },
      {
        ...{ name: `${id}.csv`, type: 'text/csv', content: frameworkCsv(assessment) },
        description: 'The same as a table',
      },
    ],
  })
}
