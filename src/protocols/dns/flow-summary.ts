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
  #names = NO_STRINGS
  #types = NO_NUMBERS
  /** Response code and count by turns. */
  #responseCodes = NO_NUMBERS
  #anomalies: Anomaly[] | undefined
  #lastName = 0
  #lastCheck = 0

  question(name: Name, type: number, texts: NameTexts): void {
    if (!this.#types.includes(type) && this.#types.length < limits.typesPerFlow) {
      this.#types = this.#types.concat(type)
    }
    // Asked twice in a row, for IPv4 and for IPv6: the usual case.
    if (name.hash === this.#lastName && name.check === this.#lastCheck && this.#names.length > 0) return
    this.#lastName = name.hash
    this.#lastCheck = name.check
    if (this.#names.length === limits.namesPerFlow) return
    const { shown } = texts.get(name)
    if (!this.#names.includes(shown)) this.#names = this.#names.concat(shown)
  }

  responseCode(code: number): void {
    const codes = this.#responseCodes
    for (let i = 0; i < codes.length; i += 2) {
      if (codes[i] === code) {
        codes[i + 1]++
        return
      }
    }
    if (codes.length < 2 * limits.responseCodesPerFlow) this.#responseCodes = codes.concat(code, 1)
  }

  anomaly(code: Anomaly): void {
    this.#anomalies ??= []
    if (!this.#anomalies.includes(code)) this.#anomalies.push(code)
  }

  describe(details: FlowDetails): void {
    const responseCodes: Record<string, number> = {}
    const codes = this.#responseCodes
    for (let i = 0; i < codes.length; i += 2) responseCodes[responseCodeName(codes[i])] = codes[i + 1]
    details.dns = {
      queries: this.queries,
      answers: this.answers,
      names: [...this.#names],
      types: this.#types.map(typeName),
      responseCodes,
      ...(this.#anomalies === undefined ? {} : { anomalies: [...this.#anomalies] }),
    }
  }
}
