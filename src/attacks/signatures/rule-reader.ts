import type { AttackClass, AttackRule } from '../attack.ts'
import { limits as attackLimits } from '../limits.ts'
import { signatureLimits } from './limits.ts'
import { goesByBefore } from './match.ts'
import { readPatternOption } from './pattern-option.ts'
import {
  applicationOf,
  type Application,
  type BufferName,
  bufferNames,
  type BufferTest,
  type BufferTests,
  type ContentTest,
  type Signature,
  type Threshold,
  type Transform,
} from './signature.ts'
import { readContentText, readNumber, readRange } from './syntax/content-text.ts'
import { readPorts } from './syntax/ports.ts'
import { type RuleOption, type RuleText, SignatureError } from './syntax/rule-text.ts'
import { transforms } from './transforms.ts'

/** Says nothing of what is to be matched. */
const passedOver = new Set([
  ...['rev', 'gid', 'reference', 'metadata', 'target', 'fast_pattern', 'rawbytes', 'logto', 'prefilter'],
  ...['tag', 'requires', 'service'],
])

/** Older forms, which stand behind the content that they speak of. */
const modifiers: ReadonlyMap<string, BufferName> = new Map([
  ['http_uri', 'http.uri'],
  ['http_raw_uri', 'http.uri.raw'],
  ['http_method', 'http.method'],
  ['http_header', 'http.header'],
  ['http_raw_header', 'http.header.raw'],
  ['http_cookie', 'http.cookie'],
  ['http_user_agent', 'http.user_agent'],
  ['http_host', 'http.host'],
  ['http_raw_host', 'http.host.raw'],
  ['http_client_body', 'http.request_body'],
])

/** Other names of the same. */
const synonyms: ReadonlyMap<string, BufferName> = new Map([
  ['http_client_body', 'http.request_body'],
  ['http_request_line', 'http.request_line'],
  ['http_protocol', 'http.protocol'],
  ['http_referer', 'http.referer'],
  ['http_accept', 'http.accept'],
  ['http_content_type', 'http.content_type'],
  ['http_content_len', 'http.content_len'],
  ['http_connection', 'http.connection'],
  ['http_header_names', 'http.header_names'],
  ['dns_query', 'dns.query'],
  ['tls_sni', 'tls.sni'],
])

/** What is said behind a content of where it stands. */
const places = new Set([...['offset', 'depth', 'distance', 'within', 'nocase', 'startswith', 'endswith']])

const applications: ReadonlyMap<string, Application | undefined> = new Map([
  ['http', 'http'],
  ['http1', 'http'],
  ['http2', 'http'],
  ['dns', 'dns'],
  ['tls', 'tls'],
  ['ssl', 'tls'],
  // Which it is, its buffers say.
  ['tcp', undefined],
  ['udp', undefined],
  ['ip', undefined],
])

/** By classtype: what kind of attack it is told as, and whether it is one by itself. */
const classtypes: ReadonlyMap<string, { class?: AttackClass; isPolicy?: true }> = new Map([
  ['web-application-activity', { isPolicy: true }],
  ['attempted-recon', { class: 'scanner' }],
  ['network-scan', { class: 'scanner' }],
  ['misc-activity', { isPolicy: true }],
  ['not-suspicious', { isPolicy: true }],
  ['policy-violation', { isPolicy: true }],
  ['protocol-command-decode', { isPolicy: true }],
  ['unknown', { isPolicy: true }],
] as const)

/** Makes a signature of a rule, option by option. */
class RuleReader {
  readonly #text: RuleText
  readonly #buffers: { buffer: BufferName | undefined; transforms: Transform[]; tests: BufferTest[] }[] = []
  #isSticky = false
  /** Of which what comes next may say more. */
  #last: BufferTest | undefined
  #sid = 0
  #message = ''
  #classtype = ''
  #priority = 0
  #threshold: Threshold | undefined

  constructor(text: RuleText) {
    this.#text = text
  }

  /** @throws SignatureError where it asks for what is not known here */
  read(): Signature {
    const { action, protocol, ends, options } = this.#text
    if (!['alert', 'drop', 'reject', 'rejectsrc', 'rejectboth', 'rejectdst'].includes(action))
      throw new SignatureError(`the action ${action} is not done here`)
    if (!applications.has(protocol))
      throw new SignatureError(`the protocol ${protocol} is not looked into by rules`)
    for (const address of [ends.from, ends.to])
      if (address !== 'any' && !isVariable(address))
        throw new SignatureError(
          `it is for the address ${address}: rules are for all here, put it into a group`,
        )
    for (const option of options) this.#option(option)
    const buffers = this.#finish()
    const application = applicationOf(buffers[0].buffer)
    const said = applications.get(protocol)
    if (
      buffers.some(({ buffer }) => applicationOf(buffer) !== application) ||
      (said ?? application) !== application
    )
      throw new SignatureError('its buffers are of different protocols')
    if (this.#sid === 0) throw new SignatureError('it has no sid')
    const ports = readPorts(ends.toPorts)
    return {
      sid: this.#sid,
      application,
      buffers,
      ports,
      threshold: this.#threshold,
      rule: this.#rule(action),
    }
  }

  #option({ name, value = '' }: RuleOption): void {
    const buffer = bufferOf(name)
    const modifier = modifiers.get(name)
    const transform = transforms.get(name)
    if (passedOver.has(name)) return
    if (modifier !== undefined && !this.#isSticky && this.#last !== undefined) this.#moveLast(modifier)
    else if (buffer !== undefined) this.#begin(buffer)
    else if (transform !== undefined) this.#buffers.at(-1)?.transforms.push(transform)
    else if (places.has(name)) this.#place(name, value)
    else {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined
      if (read === undefined) throw new SignatureError(`the option ${name} is not known here`)
      read(this, value)
    }
  }

  #begin(buffer: BufferName): void {
    this.#isSticky = true
    this.#last = undefined
    this.#buffers.push({ buffer, transforms: [], tests: [] })
  }

  /** An older rule says behind the content where it stands. */
  #moveLast(buffer: BufferName): void {
    const test = this.#buffers.at(-1)?.tests.pop()
    if (test === undefined) throw new SignatureError('a modifier stands behind no content')
    const known = this.#buffers.find((each) => each.buffer === buffer)
    if (known === undefined) this.#buffers.unshift({ buffer, transforms: [], tests: [test] })
    else known.tests.push(test)
  }

  add(test: BufferTest, buffer?: BufferName): void {
    const count = this.#buffers.reduce((sum, { tests }) => sum + tests.length, 0)
    if (count >= signatureLimits.tests)
      throw new SignatureError(`it has more than ${signatureLimits.tests} contents`)
    if (this.#buffers.length === 0) this.#buffers.push({ buffer: undefined, transforms: [], tests: [] })
    this.#buffers.at(-1)?.tests.push(test)
    this.#last = test
    if (buffer !== undefined && !this.#isSticky) this.#moveLast(buffer)
  }

  /** What is said of the content before. */
  #place(name: string, value: string): void {
    const test = this.#last
    if (test?.kind !== 'content') throw new SignatureError(`${name} stands behind no content`)
    const number = () => readNumber(name, value)
    const relative = () => (test.relative ??= { distance: 0, within: undefined })
    if (name === 'nocase') {
      test.ignoresCase = true
      test.text = test.text.toLowerCase()
    } else if (name === 'offset') test.offset = number()
    else if (name === 'depth') test.depth = number()
    else if (name === 'distance') relative().distance = number()
    else if (name === 'within') relative().within = number()
    else if (name === 'startswith') test.depth = test.text.length
    else test.isLast = true
  }

  set sid(value: string) {
    this.#sid = readNumber('sid', value)
  }

  set message(value: string) {
    this.#message = value.replaceAll(/^"|"$/g, '').replaceAll('\\', '')
  }

  set classtype(value: string) {
    this.#classtype = value
  }

  set priority(value: string) {
    this.#priority = readNumber('priority', value)
  }

  set threshold(threshold: Threshold) {
    this.#threshold = threshold
  }

  #finish(): BufferTests[] {
    const used = this.#buffers.filter(({ tests }) => tests.length > 0)
    if (used.length === 0) throw new SignatureError('it looks for no content')
    const named = used.flatMap(({ buffer, ...rest }) => (buffer === undefined ? [] : [{ buffer, ...rest }]))
    if (named.length < used.length)
      throw new SignatureError('it looks at packets as they are, not at a buffer that is known here')
    for (const { tests } of named)
      for (const [i, test] of tests.entries())
        if (test.kind === 'pattern' && i + 1 < tests.length && goesByBefore(tests[i + 1]))
          throw new SignatureError('a content goes by where a pattern ended')
    return named
  }

  #rule(action: string): AttackRule {
    const known = classtypes.get(this.#classtype)
    const isPolicy = action === 'alert' && (known?.isPolicy === true || this.#priority > 2)
    return {
      class: known?.class ?? 'known-exploit',
      id: `suricata.${this.#sid}`,
      points: attackLimits.threshold,
      level: isPolicy ? 2 : 1,
      what: this.#message || `rule ${this.#sid} of your own`,
    }
  }
}

type Reader = Pick<RuleReader, 'add' | 'sid' | 'message' | 'classtype' | 'priority' | 'threshold'>

/** Options with a value, by their names. */
const readers: Readonly<Record<string, (rule: Reader, value: string) => void>> = {
  msg: (rule, value) => (rule.message = value),
  sid: (rule, value) => (rule.sid = value),
  classtype: (rule, value) => (rule.classtype = value),
  priority: (rule, value) => (rule.priority = value),
  content: (rule, value) => rule.add(contentOf(value)),
  uricontent: (rule, value) => rule.add(contentOf(value), 'http.uri'),
  pcre: (rule, value) => {
    const { test, buffer } = readPatternOption(value)
    rule.add(test, buffer)
  },
  bsize: (rule, value) => rule.add({ kind: 'length', ...readRange('bsize', value) }),
  urilen: (rule, value) => rule.add({ kind: 'length', ...readRange('urilen', value) }, 'http.uri'),
  isdataat: (rule, value) => rule.add(dataOf(value)),
  flow: (_rule, value) => checkFlow(value),
  threshold: (rule, value) => (rule.threshold = thresholdOf(value, 'threshold')),
  detection_filter: (rule, value) => (rule.threshold = thresholdOf(value, 'filter')),
  'app-layer-protocol': (_rule, value) => {
    if (!applications.has(value.replace('!', '')))
      throw new SignatureError(`the protocol ${value} is not known here`)
  },
}

/** @throws SignatureError where it asks for what is not known here */
export function readSignature(text: RuleText): Signature {
  return new RuleReader(text).read()
}

function bufferOf(name: string): BufferName | undefined {
  return bufferNames.find((each) => each === name) ?? (modifiers.has(name) ? undefined : synonyms.get(name))
}

/** `$HOME_NET`, and lists and negations of such. */
function isVariable(address: string): boolean {
  return address
    .replaceAll(/[[\]!]/g, '')
    .split(',')
    .every((part) => part.startsWith('$') || part === 'any')
}

/** `"abc"`, or as Snort 3 writes it: `"abc",nocase,offset 3`. */
function contentOf(value: string): ContentTest {
  const end = value.lastIndexOf('"')
  const { text, isNegated } = readContentText(value.slice(0, end + 1) || value)
  const test: ContentTest = {
    ...{ kind: 'content', text, isNegated, ignoresCase: false, isLast: false },
    ...{ offset: 0, depth: undefined, relative: undefined },
  }
  if (value.slice(end + 1).trim() !== '')
    throw new SignatureError('what is said of a content stands in options of its own, as Suricata has it')
  return test
}

function dataOf(value: string): BufferTest {
  const [at, ...rest] = value
    .replace(/^!/, '')
    .split(',')
    .map((part) => part.trim())
  const isRelative = rest.includes('relative')
  return { kind: 'data', at: readNumber('isdataat', at), isRelative, isNegated: value.startsWith('!') }
}

/** Requests are what is looked into. @throws SignatureError where it is about answers */
function checkFlow(value: string): void {
  for (const part of value.split(',').map((each) => each.trim()))
    if (part === 'to_client' || part === 'from_server')
      throw new SignatureError('it is about what servers say: requests are looked into')
}

const sides: ReadonlyMap<string, Threshold['by']> = new Map([
  ['by_src', 'source'],
  ['by_dst', 'target'],
  ['by_rule', 'rule'],
  ['by_both', 'rule'],
])

/** `type limit, track by_src, count 1, seconds 60`. @throws SignatureError */
function thresholdOf(value: string, kind: 'threshold' | 'filter'): Threshold {
  const parts = new Map(
    value.split(',').map((part) => {
      const [name, said = ''] = part.trim().split(/\s+/)
      return [name, said]
    }),
  )
  const type = kind === 'filter' ? 'filter' : parts.get('type')
  const by = sides.get(parts.get('track') ?? '')
  if (by === undefined || (type !== 'limit' && type !== 'threshold' && type !== 'both' && type !== 'filter'))
    throw new SignatureError(`${kind}: ${value} is not known here`)
  return {
    kind: type,
    by,
    count: readNumber('count', parts.get('count')),
    seconds: readNumber('seconds', parts.get('seconds')),
  }
}
