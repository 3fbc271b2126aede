import type { ValueDetector } from '../../detector.ts'
import { crossSiteScripting } from '../../cross-site-scripting/detector.ts'
import { sqlDetector } from '../../sql/sql-detector.ts'
import { traitsOfText } from '../../traits.ts'
import type { OperatorFactory } from './operator.ts'

/** What Pavise's own detectors say of a value; there is no fingerprint to capture, but the value itself. */
function judging(detector: ValueDetector): OperatorFactory {
  return () => (value, scope) => {
    const traits = traitsOfText(value)
    if (detector.traits !== 0 && (traits & detector.traits) === 0) return false
    let isFound = false
    const sink = { report: () => void (isFound = true) }
    const lower = value.toLowerCase()
    detector.judge(
      { text: value, lower, traits, decoded: 0, context: 'query', role: 'value', field: '' },
      sink,
    )
    if (isFound) scope.capture([value])
    return isFound
  }
}

export const detectSqli = judging(sqlDetector)
export const detectXss = judging(crossSiteScripting)
