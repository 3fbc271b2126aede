import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply } from 'fastify'
import type { Static } from 'typebox'
import { AccountError, type AccountErrorCode } from '../accounts/account-error.ts'
import { DetectorError } from '../controller/detectors/detector-error.ts'
import { CaseError } from '../controller/cases/case-error.ts'
import { PrivacyError, type PrivacyErrorCode } from '../controller/privacy/privacy-error.ts'
import { PolicyChangeError, type PolicyChangeErrorCode } from '../controller/policy/policy-error.ts'
import { EvidenceError } from '../evidence/evidence-error.ts'
import { PaviseError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { operations } from './contract/operations.ts'
import type { problem } from './contract/records.ts'

export type Problem = Static<typeof problem>

/** An answer that is no success: RFC 9457. `detail` is for whoever asked and holds nothing of the machine's inside. */
export class HttpProblem extends Error {
  readonly problem: Problem
  /** To be sent with it. */
  readonly headers: Record<string, string> = {}

  constructor(status: number, detail: string, more: Pick<Problem, 'nextStep' | 'errors'> = {}) {
    super(detail)
    this.problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, ...more }
  }
}

/** A parameter that was not understood. */
export function badParameter(parameter: string, detail: string): HttpProblem {
  return new HttpProblem(400, `The parameter ${parameter} ${detail}.`, { errors: [{ parameter, detail }] })
}

/** @param allowed methods that the path takes; none where there is no such path */
export function notFound(allowed: readonly string[]): HttpProblem {
  if (allowed.length === 0)
    return new HttpProblem(404, 'There is nothing here.', { nextStep: `See ${operations.openapi.path}.` })
  const problem = new HttpProblem(405, `This takes ${allowed.join(', ')} only.`)
  problem.headers.allow = allowed.join(', ')
  return problem
}

/** 429 of RFC 6585, with when it is worth trying again (RFC 9110 section 10.2.3). */
export function tooOften(seconds: number): HttpProblem {
  const problem = new HttpProblem(429, 'This is asked too often.', { nextStep: `Ask again in ${seconds} s.` })
  problem.headers['retry-after'] = `${seconds}`
  return problem
}

const statusOf: Record<AccountErrorCode, number> = {
  LOGIN_FAILED: 401,
  LOGIN_BUSY: 503,
  PROVIDER_UNUSABLE: 503,
  PASSKEY_NEEDS_NAME: 400,
  PASSWORD_WEAK: 400,
  NAME_TAKEN: 409,
  ACCOUNT_UNKNOWN: 404,
  LAST_ADMINISTRATOR: 409,
  TOO_MANY: 409,
  NOT_YOURS_TO_GIVE: 403,
}

const caseStatusOf: Record<CaseError['code'], number> = {
  CASE_UNKNOWN: 404,
  CASE_EVENT: 400,
  CASE_CLOSED: 409,
  CASE_CONFLICT: 409,
  CASE_TIMES: 400,
}

function caseProblem({ code, message, nextStep }: CaseError): HttpProblem {
  return new HttpProblem(caseStatusOf[code], message, nextStep === undefined ? {} : { nextStep })
}

const privacyStatusOf: Record<PrivacyErrorCode, number> = {
  DIFFERENCE_UNKNOWN: 404,
  DIFFERENCE_RESOLUTION: 409,
  ACCEPTANCE_TIME: 400,
  ACCEPTANCE_LIMIT: 409,
  ACCEPTANCE_UNKNOWN: 404,
}

function privacyProblem({ code, message, nextStep }: PrivacyError): HttpProblem {
  return new HttpProblem(privacyStatusOf[code], message, nextStep === undefined ? {} : { nextStep })
}

function detectorProblem({ message, nextStep }: DetectorError): HttpProblem {
  return new HttpProblem(503, message, nextStep === undefined ? {} : { nextStep })
}

const policyStatusOf: Record<PolicyChangeErrorCode, number> = {
  POLICY_INVALID: 422,
  POLICY_CHANGED: 409,
  POLICY_NO_VERSION: 404,
  POLICY_NO_GROUP: 404,
  POLICY_NO_WORKLOAD: 404,
  POLICY_NO_RULE: 404,
  POLICY_TOO_LARGE: 409,
}

/** All that is wrong with it, by place. */
function policyProblem({ code, message, nextStep, problems }: PolicyChangeError): HttpProblem {
  const errors = problems.map(({ place, subject, problem, nextStep: advice }) => ({
    parameter: place,
    detail: `${subject}: ${problem}`,
    nextStep: advice,
  }))
  const more = { ...(nextStep !== undefined && { nextStep }), ...(errors.length > 0 && { errors }) }
  return new HttpProblem(policyStatusOf[code], message, more)
}

function accountProblem({ code, message, nextStep }: AccountError): HttpProblem {
  return new HttpProblem(statusOf[code], message, nextStep === undefined ? {} : { nextStep })
}

/** What may be told of an error; the rest goes to the log. */
export function toProblem(error: FastifyError | HttpProblem, log: Log): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error instanceof AccountError) return accountProblem(error)
  if (error instanceof PolicyChangeError) return policyProblem(error)
  if (error instanceof CaseError) return caseProblem(error)
  if (error instanceof PrivacyError) return privacyProblem(error)
  if (error instanceof DetectorError) return detectorProblem(error)
  if (error.validation) return invalidQuery(error.validation)
  if (error instanceof EvidenceError && error.code === 'EVIDENCE_UNKNOWN')
    return new HttpProblem(404, error.message)
  if (error instanceof PaviseError) {
    log('error', `API: ${error.message}`)
    return new HttpProblem(503, 'The store cannot answer now.', {
      nextStep: 'Try again; see the log of Pavise.',
    })
  }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return new HttpProblem(status, error.message)
  log('error', `API: ${error.message}`)
  return new HttpProblem(500, 'Pavise failed to answer this.', { nextStep: 'See the log of Pavise.' })
}

function invalidQuery(failures: NonNullable<FastifyError['validation']>): HttpProblem {
  const errors = failures.map(({ instancePath, message, params }) => {
    const unknown = (params as { additionalProperty?: string }).additionalProperty
    if (unknown !== undefined) return { parameter: unknown, detail: 'is not known here' }
    return { parameter: instancePath.slice(1), detail: message ?? 'is not valid' }
  })
  const detail = errors.map((error) => `The parameter ${error.parameter} ${error.detail}.`).join(' ')
  return new HttpProblem(400, detail, { errors, nextStep: `See ${operations.openapi.path}.` })
}

export function sendProblem(reply: FastifyReply, { problem, headers }: HttpProblem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(headers)
    .type('application/problem+json; charset=utf-8')
    .send(problem)
}
