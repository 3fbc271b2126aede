// Runs the regression tests that lie beside a Core Rule Set (format of FTW, the Framework for Testing WAFs) against its rules.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readRuleSet, type RuleSet } from '../src/attacks/seclang/rule-set.ts'
import type { HttpRequest } from '../src/attacks/seclang/transaction/message.ts'
import { Transaction } from '../src/attacks/seclang/transaction/transaction.ts'
import { readSecLangFiles } from '../src/security-as-code/seclang-files.ts'

interface Stage {
  input: {
    method?: string
    uri?: string
    version?: string
    headers?: Record<string, unknown>
    data?: string | string[]
    stop_magic?: boolean
    autocomplete_headers?: boolean
    encoded_request?: string
    raw_request?: string
  }
  output: {
    log_contains?: string
    no_log_contains?: string
    log?: { expect_ids?: number[]; no_expect_ids?: number[] }
  }
}

/** All rules at once, as the tests ask for: every paranoia level, and the checks that are off by default. */
const settings = {
  ...{ paranoia_level: 4, blocking_paranoia_level: 4, detection_paranoia_level: 4 },
  ...{ crs_validate_utf8_encoding: 1, arg_name_length: 100, arg_length: 400, total_arg_length: 64_000 },
  ...{ max_num_args: 255, max_file_size: 64_100, combined_file_sizes: 65_535 },
}
const set = Object.entries(settings).map(([name, value]) => `setvar:tx.${name}=${value}`)
const setup = `SecAction "id:1,phase:1,nolog,pass,ctl:ruleEngine=DetectionOnly,ctl:ruleRemoveById=910000,${set.join()}"`

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** As FTW completes it: type and length of a body, and a form that is not encoded. */
function requestOf({ input }: Stage): HttpRequest {
  const headers = Object.entries(input.headers ?? {}).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const header = (name: string) => headers.find(([own]) => own.toLowerCase() === name)?.[1]
  let data = Array.isArray(input.data) ? input.data.join('\r\n') : (input.data ?? '')
  if (data !== '' && input.stop_magic !== true && input.autocomplete_headers !== false) {
    const form = 'application/x-www-form-urlencoded'
    if (header('content-type') === undefined) headers.push(['Content-Type', form])
    if (header('content-type') === form) data = encodedForm(data)
    if (header('content-length') === undefined)
      headers.push(['Content-Length', String(Buffer.byteLength(data))])
  }
  return {
    method: input.method ?? 'GET',
    target: bytesOf(input.uri ?? '/'),
    protocol: input.version ?? 'HTTP/1.1',
    headers: headers.map(([name, value]) => [bytesOf(name), bytesOf(value)] as const),
    body: bytesOf(data),
    client: { address: '127.0.0.1', port: 40_000 },
    server: { address: '127.0.0.1', port: 80 },
  }
}

function encodedForm(data: string): string {
  if (/%[0-9a-f]{2}/i.test(data)) return data
  const pairs = [...new URLSearchParams(data)].filter(([, value]) => value !== '')
  return pairs.length === 0 ? data : new URLSearchParams(pairs).toString()
}

/** Undefined where it asks for something that rules do not say. */
function isRight(stage: Stage, rules: RuleSet): boolean | undefined {
  const { input, output } = stage
  if (input.encoded_request !== undefined || input.raw_request !== undefined) return undefined
  const ids = (text: string | undefined) =>
    [...(text ?? '').matchAll(/id[ :]*\\?"?(\d+)/g)].map(([, id]) => Number(id))
  const wanted = [...ids(output.log_contains), ...(output.log?.expect_ids ?? [])]
  const unwanted = [...ids(output.no_log_contains), ...(output.log?.no_expect_ids ?? [])]
  if (wanted.length + unwanted.length === 0) return undefined
  const transaction = new Transaction(rules, requestOf(stage))
  transaction.request()
  const found = new Set(transaction.finish().matched.map(({ id }) => id))
  return wanted.every((id) => found.has(id)) && !unwanted.some((id) => found.has(id))
}

interface TestFile {
  tests?: { test_title?: string; test_id?: number; stages: (Stage & { stage?: Stage })[] }[]
}

const folder = process.argv[2]
const files = readSecLangFiles([folder])
const rules = readRuleSet([...files.slice(0, 1), { name: 'setup.conf', text: setup }, ...files.slice(1)])
console.log(
  `${rules.count} rules, ${rules.problems.filter(({ kind }) => kind === 'refused').length} left out`,
)
const counts = { right: 0, wrong: 0, passedOver: 0 }
const tests = join(folder, 'tests/regression/tests')
for (const name of readdirSync(tests, { recursive: true, encoding: 'utf8' }).toSorted()) {
  if (!/\.ya?ml$/.test(name)) continue
  const file = parse(readFileSync(join(tests, name), 'utf8')) as TestFile
  for (const { test_title: title, test_id: id, stages } of file.tests ?? [])
    for (const each of stages) {
      const right = isRight(each.stage ?? each, rules)
      if (right === undefined) counts.passedOver++
      else if (right) counts.right++
      else counts.wrong++
      if (right === false) console.log(`otherwise than it says: ${title ?? `${name} ${id}`}`)
    }
}
const { right, wrong, passedOver } = counts
const percent = ((100 * right) / (right + wrong)).toFixed(2)
console.log(
  `${right} of ${right + wrong} as they say (${percent} %); ${passedOver} ask for what rules do not say`,
)
