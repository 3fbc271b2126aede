import type { Problem } from '../../../src/api/contract/types.ts'

/** An answer that is no success, with what to do next (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number
  readonly nextStep: string | undefined

  constructor({ status, detail, nextStep }: Pick<Problem, 'status' | 'detail' | 'nextStep'>) {
    super(detail)
    this.status = status
    this.nextStep = nextStep
  }
}

/** Controls, and what turns the direction of text around: a name that traffic chose could show as another (CWE-451). */
const invisible = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Text that shows what it holds: `⟨U+202E⟩` where a character would be obeyed. */
export function visible(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/** Of answers, what people write in lines. */
const inLines: ReadonlySet<string> = new Set([
  ...['description', 'consequences', 'measures', 'contact', 'markdown', 'text', 'yaml'],
])

/** What is hashed, checked or asked with as it is, and made visible where it is shown. */
const exact: ReadonlySet<string> = new Set(['header', 'recorded', 'note', 'key'])

/** As `visible`, where lines are lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

function received(name: string, value: unknown): unknown {
  if (exact.has(name)) return value
  return inLines.has(name) && typeof value === 'string' ? visibleLines(value) : visible(value)
}

/** @throws ApiProblem */
export function get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return ask(path, signal ? { signal } : {})
}

const pageItems = 1_000

/** All of a list, page by page, with what else the last page has. @throws ApiProblem */
export async function getAll<Answer extends { items: unknown[] }>(
  path: string,
  signal: AbortSignal,
): Promise<Answer> {
  const items: unknown[] = []
  for (let query = `?limit=${pageItems}`; ;) {
    const page = await get<Answer & { next: string | null }>(`${path}${query}`, signal)
    items.push(...page.items)
    if (page.next === null) return { ...page, items }
    query = `?limit=${pageItems}&cursor=${encodeURIComponent(page.next)}`
  }
}

/** @throws ApiProblem */
export function change<Answer>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  return ask(path, { method, headers, ...content })
}

/** What is no JSON, as it is. @throws ApiProblem */
export async function getText(path: string, signal: AbortSignal): Promise<string> {
  const response = await request(path, { signal })
  if (!response.ok) throw new ApiProblem((await response.json()) as Problem)
  return response.text()
}

async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await request(path, init)
  const answer: unknown = JSON.parse(await response.text(), received)
  if (!response.ok) throw new ApiProblem(answer as Problem)
  return answer as Answer
}

function request(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new ApiProblem({
      status: 0,
      detail: 'Pavise does not answer.',
      nextStep: 'Look whether it still runs on that machine, and whether the connection to it stands.',
    })
  })
}
