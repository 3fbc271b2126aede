import { buffer } from 'node:stream/consumers'
import { documentFormat } from '../../content/document-format.ts'
import { AssessmentList } from '../../inspect/assessment-list.ts'
import { DocumentDetector } from '../../inspect/document-detector.ts'
import { keptBetweenRuns } from '../../lib/file-cache.ts'
import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { compileSensors } from '../../personal-data/compile.ts'
import { findingRecord } from '../detect/explanation-records.ts'
import { explainedLines } from '../detect/report.ts'
import type { SensorsFlags } from './flags.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { allSensors } from './kept-sensors.ts'
import { planMakers } from '../../scan/compile/set-plan.ts'

/** @throws SensorError where what was added is not right. */
export async function testSensors(text: string, flags: SensorsFlags): Promise<ExitCode> {
  const bytes = text === '-' ? await buffer(process.stdin) : Buffer.from(text)
  const assessments = new AssessmentList()
  const detector = compileSensors(allSensors(flags), undefined, {
    trace: assessments,
    plans: keptBetweenRuns('sets', planMakers),
  })
  const format = documentFormat(bytes)
  const findings = new DocumentDetector(detector, assessments).detect(bytes, format)
  const output = new LineOutput(process.stdout)
  const lines = flags.json
    ? findings.map((finding) => toJsonText(findingRecord(finding, assessments.of(finding))))
    : explainedLines({ bytes, format, findings }, assessments, styleFor(process.stdout.isTTY, process.env))
  for (const line of lines) output.line(line)
  await output.end()
  return ExitCode.clean
}
