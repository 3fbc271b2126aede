import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { RequestJudge } from '../../attacks/request/request-judge.ts'
import { SecLangJudge } from '../../attacks/seclang/judge.ts'
import type { AttackVerdict } from '../../attacks/verdict.ts'
import { documentFormat } from '../../content/document-format.ts'
import { DocumentDetector, type DocumentFinding } from '../../inspect/document-detector.ts'
import { keptBetweenRuns } from '../../lib/file-cache.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import { AssessmentList } from '../../inspect/assessment-list.ts'
import { WhyNot } from '../../inspect/why-not.ts'
import { compileSensors } from '../../personal-data/compile.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { loadSecLang } from '../seclang-option.ts'
import { loadSensors } from '../sensors-option.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { styleFor } from '../terminal/style.ts'
import { documentOf } from './document-lines.ts'
import { findingRecord, whyNotRecords } from './explanation-records.ts'
import { attacksIn } from './request-attacks.ts'
import { explainedLines, reportLines } from './report.ts'
import { whyNotLines } from './why-not-report.ts'
import { planMakers } from '../../scan/compile/set-plan.ts'

export interface DetectOptions {
  json: boolean
  format?: ContentFormat
  documents?: string
  explain: boolean
  whyNot?: string
  sensors?: string[]
  seclang?: string[]
  failOn: 'any' | 'none'
}

type Loaded = Omit<DetectOptions, 'sensors'> & { sensors: SensorDefinitions }

/** @throws PaviseError where a file cannot be read, or is not what it should be. */
export async function runDetect(file: string, options: DetectOptions): Promise<ExitCode> {
  const sensors = await loadSensors(options.sensors)
  const { rules: secLang } = await loadSecLang(options.seclang)
  const output = new LineOutput(process.stdout)
  if (options.whyNot !== undefined) {
    explainAbsence(await readInput(file), options.whyNot, { ...options, sensors }, output)
    await output.end()
    return ExitCode.clean
  }
  const found =
    options.documents === undefined
      ? detectOne(await readInput(file), { ...options, sensors }, output)
      : detectMany(
          new DocumentDetector(
            compileSensors(sensors, undefined, { plans: keptBetweenRuns('sets', planMakers) }),
          ),
          options.documents,
          { ...options, secLang: secLang === undefined ? undefined : new SecLangJudge(secLang) },
          output,
        )
  await output.end()
  return found > 0 && options.failOn === 'any' ? ExitCode.findings : ExitCode.clean
}

function detectOne(bytes: Buffer, { format, json, explain, sensors }: Loaded, output: LineOutput): number {
  const read = format ?? documentFormat(bytes)
  const assessments = explain ? new AssessmentList() : undefined
  const detector = new DocumentDetector(
    compileSensors(sensors, undefined, { trace: assessments, plans: keptBetweenRuns('sets', planMakers) }),
    assessments,
  )
  const findings = detector.detect(bytes, read)
  const { problems } = detector
  const detected = { bytes, format: read, findings, problems }
  if (json) {
    for (const finding of findings) output.line(toJsonText(findingRecord(finding, assessments?.of(finding))))
    for (const problem of problems) output.line(toJsonText({ type: 'not-inspected', why: problem }))
  } else {
    const style = styleFor(process.stdout.isTTY, process.env)
    const lines =
      assessments === undefined ? reportLines(detected, style) : explainedLines(detected, assessments, style)
    for (const line of lines) output.line(line)
  }
  return findings.length
}

/** Says why a value is not among the findings; the value itself is not repeated. */
function explainAbsence(
  bytes: Buffer,
  value: string,
  { format, json, sensors }: Loaded,
  output: LineOutput,
): void {
  const read = format ?? documentFormat(bytes)
  const assessments = new AssessmentList()
  const detector = compileSensors(sensors, undefined, {
    trace: assessments,
    plans: keptBetweenRuns('sets', planMakers),
  })
  const occurrences = new WhyNot(detector, assessments).explain(bytes, read, Buffer.from(value))
  if (occurrences.length === 0)
    throw new PaviseError('value-absent', `The value does not stand in the document (read as ${read}).`, {
      exitCode: ExitCode.usage,
      nextStep: 'Give it as it is written there, with its separators.',
    })
  if (json) for (const record of whyNotRecords(occurrences)) output.line(toJsonText(record))
  else {
    const style = styleFor(process.stdout.isTTY, process.env)
    for (const line of whyNotLines(bytes, value, occurrences, style)) output.line(line)
  }
}

/** Every document's findings carry its line's number, from 0. */
function detectMany(
  detector: DocumentDetector,
  file: string,
  { json, secLang }: { json: boolean; secLang: SecLangJudge | undefined },
  output: LineOutput,
): number {
  const lines = readText(file).split('\n')
  if (lines.at(-1) === '') lines.pop()
  const judge = new RequestJudge(1)
  let count = 0
  for (const [document, line] of lines.entries()) {
    const read = documentOf(line, file, document + 1)
    if ('text' in read) count += writeFindings(Buffer.from(read.text), document, { json, detector, output })
    count += writeAttacks(attacksIn(read, judge, secLang), document, json, output)
  }
  return count
}

function writeFindings(
  bytes: Buffer,
  document: number,
  { json, detector, output }: { json: boolean; detector: DocumentDetector; output: LineOutput },
): number {
  const findings = detector.detect(bytes, documentFormat(bytes))
  for (const finding of findings)
    output.line(
      json ? toJsonText({ type: 'personal-data', document, ...finding }) : manyLine(document, finding),
    )
  return findings.length
}

function writeAttacks(
  attacks: readonly AttackVerdict[],
  document: number,
  json: boolean,
  output: LineOutput,
): number {
  for (const attack of attacks) {
    const { class: attackClass, score, reasons } = attack
    output.line(
      json
        ? toJsonText({ type: 'attack', document, ...attack })
        : `${document}: ${attackClass} (score ${score}): ${reasons.map(({ what }) => what).join('; ')}`,
    )
  }
  return attacks.length
}

function manyLine(document: number, { identifier, masked, start, end, field }: DocumentFinding): string {
  return `${document}: ${identifier} ${masked} at ${start}-${end}${field === '' ? '' : ` in ${field}`}`
}

async function readInput(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin)
  return Buffer.from(readFileBytes(file))
}

function readText(file: string): string {
  return readFileBytes(file).toString('utf8')
}

function readFileBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    const { message } = cause as Error
    throw new PaviseError('unreadable', `${file} cannot be read: ${message}`, {
      cause,
      exitCode: ExitCode.usage,
      nextStep: 'Look whether the path is right and may be read.',
    })
  }
}
