import type { Controller } from '../../controller/controller.ts'
import type { Log } from '../../lib/log.ts'
import { Screen } from '../terminal/screen.ts'
import { styleFor } from '../terminal/style.ts'
import { printable } from '../terminal/text.ts'
import { FactLines, summaryFact } from './fact-lines.ts'
import { JsonRecords } from './json-records.ts'
import { upLimits } from './limits.ts'
import { takeSnapshot } from './snapshot.ts'
import { summaryLines } from './summary-lines.ts'

/** What a person or a program sees of `pavise up` while it runs. */
export interface View {
  notice: Log
  /** Shows the last state and ends. */
  stop: () => void
}

export interface ViewOptions {
  controller: Controller
  url: string
  json: boolean
  quiet: boolean
  output: NodeJS.WriteStream
  errors: NodeJS.WriteStream
  environment: NodeJS.ProcessEnv
}

export function openView(options: ViewOptions): View {
  if (options.json) return jsonView(options)
  if (options.quiet) return { notice: noticeTo(options.errors, true), stop: () => undefined }
  return options.output.isTTY ? liveView(options) : lineView(options)
}

/** A table, drawn anew each second. */
function liveView({ controller, url, output, errors, environment }: ViewOptions): View {
  const screen = new Screen(output)
  const style = styleFor(true, environment)
  const notices: string[] = []
  const draw = (isLast = false) => {
    const size = { width: screen.columns, height: screen.rows }
    screen.draw(summaryLines({ snapshot: takeSnapshot(controller, url), notices, style, isLast, ...size }))
  }
  const timer = setInterval(() => draw(), upLimits.frameMs)
  draw()
  const toErrors = errors.isTTY ? () => undefined : noticeTo(errors, false)
  return {
    notice: (level, message) => {
      notices.push(message)
      if (notices.length > upLimits.notices) notices.shift()
      toErrors(level, message)
    },
    stop: () => {
      clearInterval(timer)
      draw(true)
      screen.close()
    },
  }
}

/** A line for each thing that is new, and each minute a summary. */
function lineView({ controller, url, output, errors }: ViewOptions): View {
  const facts = new FactLines()
  const write = (lines: string[]) => {
    // What is not taken is told later: a fact that was not asked for is new then.
    if (lines.length > 0) output.write(`${lines.join('\n')}\n`)
  }
  const look = () => output.writableNeedDrain || write(facts.next(takeSnapshot(controller, url)))
  const summarise = () => output.writableNeedDrain || write([summaryFact(takeSnapshot(controller, url))])
  const timers = [setInterval(look, upLimits.factsMs), setInterval(summarise, upLimits.summaryMs)]
  write([`Pavise is watching. Console: ${url}`])
  return {
    notice: noticeTo(errors, false),
    stop: () => {
      timers.forEach(clearInterval)
      look()
      summarise()
    },
  }
}

/** Records as they are stored. */
function jsonView({ controller, output, errors, quiet }: ViewOptions): View {
  const records = new JsonRecords(controller, output)
  return { notice: noticeTo(errors, quiet), stop: () => records.stop() }
}

function noticeTo(errors: NodeJS.WriteStream, onlyTrouble: boolean): Log {
  return (level, message) => {
    if (onlyTrouble && level === 'info') return
    errors.write(`${level === 'info' ? '' : `${level}: `}${printable(message)}\n`)
  }
}
