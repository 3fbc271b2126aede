import type { FlowDetails } from '../../model/records.ts'
import type { Anomaly } from './anomalies.ts'
import { responseCodeName } from './header.ts'
import { limits } from './limits.ts'
import type { Name } from './name.ts'
import type { NameTexts } from './name-texts.ts'
import { typeName } from './types.ts'

const NO_STRINGS: string[] = []
const NO_NUMBERS: number[] = []

/** What a flow's record says of its messages; a string is made at most once for each distinct value. */
export class FlowSummary {
  queries = 0
  answers = 0
  /** Most flows ask for one name, for one type, and get one code: these need no list. */
  #firstName: string | undefined
  #names = NO_STRINGS
  #firstType = -1
  #types = NO_NUMBERS
  #firstCode = -1
  #firstCodeCount = 0
  /** The others: response code and count by turns. */
  #responseCodes = NO_NUMBERS
  #anomalies: Anomaly[] | undefined
  #lastName = 0
  #lastCheck = 0

  question(name: Name, type: number, texts: NameTexts): void {
    if (this.#firstType < 0) this.#firstType = type
    const isKnown = type === this.#firstType || this.#types.includes(type)
    if (!isKnown && this.#types.length < limits.typesPerFlow - 1) this.#types = this.#types.concat(type)
    // Asked twice in a row, for IPv4 and for IPv6: the usual case.
    if (name.hash === this.#lastName && name.check === this.#lastCheck && this.#firstName !== undefined)
      return
    this.#lastName = name.hash
    this.#lastCheck = name.check
    if (this.#names.length === limits.namesPerFlow - 1) return
    const { shown } = texts.get(name)
    this.#firstName ??= shown
    if (shown !== this.#firstName && !this.#names.includes(shown)) this.#names = this.#names.concat(shown)
  }

  responseCode(code: number): void {
    if (this.#firstCode < 0) this.#firstCode = code
    if (code === this.#firstCode) {
      this.#firstCodeCount++
      return
    }
    const codes = this.#responseCodes
    for (let i = 0; i < codes.length; i += 2) {
      if (codes[i] === code) {
        codes[i + 1]++
        return
      }
    }
    if (codes.length < 2 * (limits.responseCodesPerFlow - 1)) this.#responseCodes = codes.concat(code, 1)
  }

  anomaly(code: Anomaly): void {
    this.#anomalies ??= []
    if (!this.#anomalies.includes(code)) this.#anomalies.push(code)
  }

  describe(details: FlowDetails): void {
    const responseCodes: Record<string, number> = {}
    const codes = this.#responseCodes
    if (this.#firstCode >= 0) responseCodes[responseCodeName(this.#firstCode)] = this.#firstCodeCount
    for (let i = 0; i < codes.length; i += 2) responseCodes[responseCodeName(codes[i])] = codes[i + 1]
    details.dns = {
      queries: this.queries,
      answers: this.answers,
      names: this.#firstName === undefined ? [] : [this.#firstName, ...this.#names],
      types: this.#firstType < 0 ? [] : [this.#firstType, ...this.#types].map(typeName),
      responseCodes,
      ...(this.#anomalies === undefined ? {} : { anomalies: [...this.#anomalies] }),
    }
  }
}
