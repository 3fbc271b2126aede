import type { FlowDetails } from '../../model/records.ts'
import type { Anomaly } from './anomalies.ts'
import { responseCodeName } from './header.ts'
import { limits } from './limits.ts'
import type { Name } from './name.ts'
import type { NameTexts } from './name-texts.ts'
import { typeName } from './types.ts'

const NO_STRINGS: readonly string[] = []
const NO_NUMBERS: readonly number[] = []

/** What few flows have: more than one name, type or code, or something off. Lists are made anew: one that grows has room for 17. */
class More {
  names = NO_STRINGS
  types = NO_NUMBERS
  /** Response code and count by turns. */
  responseCodes = NO_NUMBERS
  anomalies: readonly Anomaly[] = []
}

/** What a flow's record says of its messages; a string is made at most once for each distinct value. */
export class FlowSummary {
  queries = 0
  answers = 0
  /** Most flows ask for one name, for one type, and get one code: these need no list. */
  #firstName: string | undefined
  #firstType = -1
  #firstCode = -1
  #firstCodeCount = 0
  #more: More | undefined
  #lastName = 0
  #lastCheck = 0

  question(name: Name, type: number, texts: NameTexts): void {
    if (this.#firstType < 0) this.#firstType = type
    if (type !== this.#firstType) this.#addType(type)
    // Asked twice in a row, for IPv4 and for IPv6: the usual case.
    if (name.hash === this.#lastName && name.check === this.#lastCheck && this.#firstName !== undefined)
      return
    this.#lastName = name.hash
    this.#lastCheck = name.check
    if (this.#more !== undefined && this.#more.names.length === limits.namesPerFlow - 1) return
    const { shown } = texts.get(name)
    this.#firstName ??= shown
    if (shown === this.#firstName) return
    const more = this.#others()
    more.names = withOnce(more.names, shown, limits.namesPerFlow - 1)
  }

  #addType(type: number): void {
    const more = this.#others()
    more.types = withOnce(more.types, type, limits.typesPerFlow - 1)
  }

  #others(): More {
    return (this.#more ??= new More())
  }

  responseCode(code: number): void {
    if (this.#firstCode < 0) this.#firstCode = code
    if (code === this.#firstCode) {
      this.#firstCodeCount++
      return
    }
    const more = this.#others()
    const codes = more.responseCodes
    const at = codes.findIndex((known, i) => i % 2 === 0 && known === code)
    if (at >= 0) more.responseCodes = codes.with(at + 1, codes[at + 1] + 1)
    else if (codes.length < 2 * (limits.responseCodesPerFlow - 1)) more.responseCodes = codes.concat(code, 1)
  }

  anomaly(code: Anomaly): void {
    const more = this.#others()
    if (!more.anomalies.includes(code)) more.anomalies = more.anomalies.concat(code)
  }

  describe(details: FlowDetails): void {
    const responseCodes: Record<string, number> = {}
    const { names, types, responseCodes: codes, anomalies } = this.#more ?? NOTHING_MORE
    if (this.#firstCode >= 0) responseCodes[responseCodeName(this.#firstCode)] = this.#firstCodeCount
    for (let i = 0; i < codes.length; i += 2) responseCodes[responseCodeName(codes[i])] = codes[i + 1]
    details.dns = {
      queries: this.queries,
      answers: this.answers,
      names: this.#firstName === undefined ? [] : [this.#firstName, ...names],
      types: this.#firstType < 0 ? [] : [this.#firstType, ...types].map(typeName),
      responseCodes,
      ...(anomalies.length === 0 ? {} : { anomalies: [...anomalies] }),
    }
  }
}

const NOTHING_MORE = new More()

function withOnce<T>(list: readonly T[], value: T, most: number): readonly T[] {
  return list.length < most && !list.includes(value) ? list.concat(value) : list
}
