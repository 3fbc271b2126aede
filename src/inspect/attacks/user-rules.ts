import type { RequestScore } from '../../attacks/request-score.ts'
import { SecLangJudge } from '../../attacks/seclang/judge.ts'
import type { RuleSet } from '../../attacks/seclang/rule-set.ts'
import type { HttpRequest } from '../../attacks/seclang/transaction/message.ts'
import { SignatureJudge } from '../../attacks/signatures/judge.ts'
import type { SignatureSet } from '../../attacks/signatures/signature-set.ts'
import type { Microseconds } from '../../lib/time.ts'

/** Rules that users bring beside what is built in. */
export interface UserRuleSets {
  /** In SecLang: requests are held against them. */
  secLang?: RuleSet
  /** In the form of Suricata: requests, questions to DNS and hellos of TLS are. */
  signatures?: SignatureSet
}

/** Between whom a connection is. */
type Ends = Pick<HttpRequest, 'client' | 'server'>

/** Asks rules of users about what clients send. */
export class UserRules {
  readonly #secLang: SecLangJudge | undefined
  readonly #signatures: SignatureJudge | undefined
  /** Whether any is asked of requests: they are kept whole then. */
  readonly askRequests: boolean
  readonly askNames: boolean

  constructor({ secLang, signatures }: UserRuleSets) {
    this.#secLang = secLang && new SecLangJudge(secLang)
    this.#signatures = signatures && new SignatureJudge(signatures)
    this.askRequests = secLang !== undefined || signatures !== undefined
    this.askNames = signatures !== undefined
  }

  request(request: HttpRequest, now: Microseconds, score: RequestScore): void {
    this.#secLang?.judge(request, score)
    this.#signatures?.judge({ application: 'http', request }, endsOf(request), now, score)
  }

  /** The name that a question or a hello asks for. */
  name(
    asked: { application: 'dns' | 'tls'; name: string },
    ends: Ends,
    now: Microseconds,
    score: RequestScore,
  ): void {
    this.#signatures?.judge(asked, endsOf(ends), now, score)
  }
}

function endsOf({ client, server }: Ends) {
  return { source: client.address, target: server.address, port: server.port }
}
