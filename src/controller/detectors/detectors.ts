import { Worker } from 'node:worker_threads'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import { controllerLimits } from '../limits.ts'
import type {
  DetectionQuestion,
  DetectionRequest,
  DetectionResponse,
  DetectorView,
  MaskRequest,
  TrialResult,
} from './detection-messages.ts'
import { DetectorError } from './detector-error.ts'

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (error: DetectorError) => void
  timer: NodeJS.Timeout
}

/**
 * What the recognisers are, and what they would find in a text; nothing of it is kept. They are compiled in a thread that
 * begins with the first question and ends once nobody has asked for a while: it takes some 200 MB.
 */
export class Detectors {
  readonly #sensors: SensorDefinitions
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #list: Promise<DetectorView[]> | undefined
  #asked = 0

  /** @param sensors what users bring besides what is built in */
  constructor(sensors: SensorDefinitions) {
    this.#sensors = sensors
  }

  /** Those of users first. @throws DetectorError */
  async list(): Promise<DetectorView[]> {
    this.#list ??= this.#ask({ ask: 'list' }) as Promise<DetectorView[]>
    try {
      return await this.#list
    } catch (error) {
      this.#list = undefined
      throw error
    }
  }

  /** What would be found in a text. @throws DetectorError */
  try(text: string): Promise<TrialResult> {
    return this.#ask({ ask: 'trial', text }) as Promise<TrialResult>
  }

  /** A file of packets with the personal data in it masked, as pcapng; the one that is given is taken over. @throws DetectorError */
  mask(request: MaskRequest): Promise<Uint8Array> {
    return this.#ask({ ask: 'mask', ...request }) as Promise<Uint8Array>
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle)
    await this.#end('Pavise is being stopped.')
  }

  #ask(question: DetectionQuestion): Promise<unknown> {
    if (this.#waiting.size >= controllerLimits.trialsWaiting) {
      const message = 'Other texts are being looked at.'
      return Promise.reject(
        new DetectorError('DETECTORS_BUSY', message, { nextStep: 'Try again in a moment.' }),
      )
    }
    clearTimeout(this.#idle)
    const worker = (this.#worker ??= this.#start())
    const request: DetectionRequest = { id: ++this.#asked, ...question }
    return new Promise((resolve, reject) => {
      const late = () => void this.#end('Looking at it took too long.')
      const timer = setTimeout(late, controllerLimits.trialMs).unref()
      this.#waiting.set(request.id, { resolve, reject, timer })
      worker.postMessage(request, question.ask === 'mask' ? [question.file.buffer] : [])
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./detection-thread.ts', import.meta.url), {
      workerData: this.#sensors,
      // Flags by which this process was told what to run are not the thread’s.
      execArgv: [],
    })
    worker.unref()
    worker.on('message', (response: DetectionResponse) => this.#settle(response))
    const ended = () => {
      if (this.#worker === worker) void this.#end('The thread of the recognisers has ended.')
    }
    worker.on('error', ended)
    worker.on('exit', ended)
    return worker
  }

  #settle(response: DetectionResponse): void {
    const waiting = this.#waiting.get(response.id)
    if (waiting === undefined) return
    this.#waiting.delete(response.id)
    clearTimeout(waiting.timer)
    if ('answer' in response) waiting.resolve(response.answer)
    else waiting.reject(failed(`It could not be looked at: ${response.problem}.`))
    if (this.#waiting.size > 0) return
    const idle = () => void this.#end('Nobody has asked for a while.')
    this.#idle = setTimeout(idle, controllerLimits.trialIdleMs).unref()
  }

  /** What waits is told why; the next question begins another thread. */
  async #end(why: string): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(failed(why))
    }
    this.#waiting.clear()
    await worker?.terminate()
  }
}

function failed(message: string): DetectorError {
  return new DetectorError('DETECTORS_FAILED', message, { nextStep: 'Try again, with something shorter.' })
}
