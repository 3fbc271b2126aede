import { parentPort, workerData } from 'node:worker_threads'
import { documentFormat } from '../../content/document-format.ts'
import { AssessmentList } from '../../inspect/assessment-list.ts'
import { DocumentDetector, type DocumentFinding } from '../../inspect/document-detector.ts'
import { explanationLines } from '../../inspect/explain/explanation.ts'
import { LinePlaces } from '../../inspect/explain/line-places.ts'
import { maskCapture } from '../../inspect/masking/mask-capture.ts'
import { keptBetweenRuns } from '../../lib/file-cache.ts'
import { compileSensors } from '../../personal-data/compile.ts'
import type { PersonalDataDetector } from '../../personal-data/detector.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { builtInRecognisers } from '../../personal-data/recognisers/index.ts'
import { planMakers, type SetPlan } from '../../scan/compile/set-plan.ts'
import { controllerLimits } from '../limits.ts'
import type {
  DetectionRequest,
  DetectionResponse,
  DetectorView,
  MaskRequest,
  TrialFinding,
  TrialResult,
} from './detection-messages.ts'

/* The recognisers, compiled, in a thread of their own: compiling takes seconds, in which the controller has other things to do. */

const sensors = workerData as SensorDefinitions
const assessments = new AssessmentList()
let compiled: DocumentDetector | undefined
/** Without a trace, which would grow with what it finds. */
let masking: PersonalDataDetector | undefined

function list(): DetectorView[] {
  const own = sensors.recognisers.map((each) => viewOf(each, true))
  const rules = sensors.rules.map(({ id, sensor, rule, category, comment }) => ({
    ...{ id, name: `${sensor}: ${rule}`, category, country: null, source: comment, isOwn: true },
  }))
  return [...own, ...rules, ...builtInRecognisers.map((each) => viewOf(each, false))]
}

function viewOf(each: Omit<DetectorView, 'country' | 'isOwn'> & { country?: string }, isOwn: boolean) {
  const { id, name, category, country = null, source } = each
  return { id, name, category, country, source, isOwn }
}

const plans = () => keptBetweenRuns<SetPlan>('sets', planMakers)

function compile(): DocumentDetector {
  const extras = { trace: assessments, plans: plans() }
  return new DocumentDetector(compileSensors(sensors, undefined, extras), assessments)
}

function attempt(text: string): TrialResult {
  compiled ??= compile()
  const bytes = Buffer.from(text)
  const format = documentFormat(bytes)
  const all = compiled.detect(bytes, format)
  const told = all.slice(0, controllerLimits.trialFindings)
  const places = new LinePlaces(bytes)
  const findings = told.map((finding) => toldOf(finding, bytes, places))
  assessments.clear()
  return { format, findings, isCut: told.length < all.length }
}

function toldOf(finding: DocumentFinding, bytes: Buffer, places: LinePlaces): TrialFinding {
  const { identifier, name, category, confidence, field, masked, start, end } = finding
  const assessment = assessments.of(finding)
  const value = bytes.toString('utf8', start, end)
  const lines =
    assessment === undefined
      ? ([['rule', 'all its patterns match']] as const)
      : explanationLines(assessment, value, places)
  const why = lines.map(([about, says]) => ({ about, says }))
  return { identifier, name, category, confidence, ...places.of(start), field, masked, why }
}

function mask({ file, name, comments }: MaskRequest): Uint8Array {
  masking ??= compileSensors(sensors, undefined, { plans: plans() })
  return maskCapture(file, { detector: masking, name, comments }).bytes
}

parentPort?.on('message', (request: DetectionRequest) => {
  parentPort?.postMessage(responseTo(request))
})

function answerTo(request: DetectionRequest): unknown {
  switch (request.ask) {
    case 'list':
      return list()
    case 'trial':
      return attempt(request.text)
    case 'mask':
      return mask(request)
  }
}

/** A problem is told without the text that it came of. */
function responseTo(request: DetectionRequest): DetectionResponse {
  const { id } = request
  try {
    return { id, answer: answerTo(request) }
  } catch (error) {
    return { id, problem: error instanceof Error ? error.name : 'unknown' }
  }
}
