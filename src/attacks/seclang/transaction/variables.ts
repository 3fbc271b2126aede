import { limits } from '../limits.ts'
import { type BodyParts, pairsOf, readBody } from './bodies.ts'
import type { HttpRequest, HttpResponse } from './message.ts'
import type { NamedValue } from './named-value.ts'
import type { VariableName } from './variable-names.ts'

type Headers = HttpRequest['headers']

/** What a request and its response are, as variables; each is made when a rule first asks for it. */
export class Variables {
  /** Which part of the body is taken apart, and how: rules of phase 1 may change it. */
  processor: string
  /** `REQUEST_BODY` is there whatever the processor. */
  isBodyForced = false
  readonly #request: HttpRequest
  readonly #body: string
  readonly #known = new Map<VariableName, readonly NamedValue[]>()
  #response: HttpResponse | undefined
  /** Undefined until the body has come. */
  #parts: BodyParts | undefined

  constructor(request: HttpRequest) {
    this.#request = request
    this.#body = request.body.slice(0, limits.bodyCharacters)
    this.processor = processorOf(headerOf(request.headers, 'content-type'))
  }

  /** The body of the request has come. */
  bodyHasCome(): void {
    this.#parts = readBody(this.processor, headerOf(this.#request.headers, 'content-type'), this.#body)
    this.#known.clear()
  }

  /** The response has come. */
  responseHasCome(response: HttpResponse): void {
    this.#response = response
    this.#known.clear()
  }

  get(variable: VariableName): readonly NamedValue[] {
    const known = this.#known.get(variable)
    if (known !== undefined) return known
    const values = this.#make(variable).slice(0, limits.values)
    this.#known.set(variable, values)
    return values
  }

  #make(variable: VariableName): NamedValue[] {
    const made = ofRequest[variable]?.(this.#request) ?? this.#ofBody(variable)
    return made ?? this.#ofResponse(variable) ?? []
  }

  #ofBody(variable: VariableName): NamedValue[] | undefined {
    const { args = [], files = [], partHeaders = [], xml, error = '' } = this.#parts ?? {}
    const query = () => ofRequest.ARGS_GET?.(this.#request) ?? []
    switch (variable) {
      case 'ARGS':
        return [...query(), ...args]
      case 'ARGS_NAMES':
        return namesOf([...query(), ...args])
      case 'ARGS_POST':
        return args
      case 'ARGS_POST_NAMES':
        return namesOf(args)
      case 'ARGS_COMBINED_SIZE':
        return scalar(
          [...query(), ...args].reduce((sum, { name, value }) => sum + name.length + value.length, 0),
        )
      case 'FILES':
        return files
      case 'FILES_NAMES':
        return files.map(({ name }) => ({ name, value: name }))
      case 'FILES_SIZES':
        return files.map(({ name, size }) => ({ name, value: String(size) }))
      case 'FILES_COMBINED_SIZE':
        return scalar(files.reduce((sum, { size }) => sum + size, 0))
      case 'MULTIPART_PART_HEADERS':
        return partHeaders
      case 'XML':
        return [
          ...(xml?.text.length ? [{ name: '/*', value: xml.text.join(' ') }] : []),
          ...(xml?.attributes ?? []).map((value) => ({ name: '//@*', value })),
        ]
      case 'REQBODY_PROCESSOR':
        return scalar(this.processor)
      case 'REQBODY_ERROR':
      case 'REQBODY_PROCESSOR_ERROR':
        return scalar(error === '' ? 0 : 1)
      case 'MULTIPART_STRICT_ERROR':
        return scalar(error !== '' && this.processor === 'MULTIPART' ? 1 : 0)
      case 'REQBODY_ERROR_MSG':
        return scalar(error)
      case 'REQUEST_BODY':
        return this.#parts !== undefined && (this.processor === 'URLENCODED' || this.isBodyForced)
          ? scalar(this.#body)
          : []
      default:
        return undefined
    }
  }

  #ofResponse(variable: VariableName): NamedValue[] | undefined {
    const response = this.#response
    if (response === undefined) return undefined
    switch (variable) {
      case 'RESPONSE_STATUS':
        return scalar(response.status)
      case 'RESPONSE_PROTOCOL':
        return scalar(response.protocol)
      case 'STATUS_LINE':
        return scalar(`${response.protocol} ${response.status}`)
      case 'RESPONSE_HEADERS':
        return response.headers.map(named)
      case 'RESPONSE_HEADERS_NAMES':
        return namesOf(response.headers.map(named))
      case 'RESPONSE_CONTENT_TYPE':
        return scalar(headerOf(response.headers, 'content-type'))
      case 'RESPONSE_CONTENT_LENGTH':
        return scalar(response.body.length)
      case 'RESPONSE_BODY':
        return scalar(response.body.slice(0, limits.bodyCharacters))
      default:
        return undefined
    }
  }
}

type Maker = (request: HttpRequest) => NamedValue[]

/** What the head of a request says. */
const ofRequest: Readonly<Partial<Record<VariableName, Maker>>> = {
  ARGS_GET: ({ target }) => pairsOf(queryOf(target)),
  ARGS_GET_NAMES: ({ target }) => namesOf(pairsOf(queryOf(target))),
  DURATION: () => scalar(0),
  FULL_REQUEST: (request) =>
    scalar(`${lineOf(request)}\n${request.headers.map((pair) => pair.join(': ')).join('\n')}`),
  QUERY_STRING: ({ target }) => scalar(queryOf(target)),
  REMOTE_ADDR: ({ client }) => scalar(client.address),
  REMOTE_HOST: ({ client }) => scalar(client.address),
  REMOTE_PORT: ({ client }) => scalar(client.port),
  REQUEST_BASENAME: ({ target }) => scalar(baseNameOf(pathOf(target))),
  REQUEST_BODY_LENGTH: ({ body }) => scalar(body.length),
  REQUEST_COOKIES: ({ headers }) => cookiesOf(headers),
  REQUEST_COOKIES_NAMES: ({ headers }) => namesOf(cookiesOf(headers)),
  REQUEST_FILENAME: ({ target }) => scalar(pathOf(target)),
  REQUEST_HEADERS: ({ headers }) => headers.map(named),
  REQUEST_HEADERS_NAMES: ({ headers }) => namesOf(headers.map(named)),
  REQUEST_LINE: (request) => scalar(lineOf(request)),
  REQUEST_METHOD: ({ method }) => scalar(method),
  REQUEST_PROTOCOL: ({ protocol }) => scalar(protocol),
  REQUEST_URI: ({ target }) => scalar(withoutHost(target)),
  REQUEST_URI_RAW: ({ target }) => scalar(target),
  SERVER_ADDR: ({ server }) => scalar(server.address),
  SERVER_NAME: ({ headers }) => scalar(headerOf(headers, 'host')),
  SERVER_PORT: ({ server }) => scalar(server.port),
  UNIQUE_ID: () => scalar('0'),
  URLENCODED_ERROR: () => scalar(0),
  INBOUND_DATA_ERROR: ({ body }) => scalar(body.length > limits.bodyCharacters ? 1 : 0),
  OUTBOUND_DATA_ERROR: () => scalar(0),
  MULTIPART_UNMATCHED_BOUNDARY: () => scalar(0),
}

function scalar(value: string | number): NamedValue[] {
  return [{ name: '', value: String(value) }]
}

function named([name, value]: readonly [name: string, value: string]): NamedValue {
  return { name, value }
}

function namesOf(values: readonly NamedValue[]): NamedValue[] {
  return values.map(({ name }) => ({ name, value: name }))
}

function lineOf({ method, target, protocol }: HttpRequest): string {
  return `${method} ${target} ${protocol}`
}

/** Of several of one name the first; empty where there is none. */
function headerOf(headers: Headers, name: string): string {
  return headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? ''
}

/** `http://host/path` is a path as well (RFC 9112, 3.2.2). */
function withoutHost(target: string): string {
  const scheme = target.indexOf('://')
  if (target.startsWith('/') || scheme < 0) return target
  const path = target.indexOf('/', scheme + 3)
  return path < 0 ? '/' : target.slice(path)
}

function pathOf(target: string): string {
  const uri = withoutHost(target)
  const end = uri.indexOf('?')
  return end < 0 ? uri : uri.slice(0, end)
}

function queryOf(target: string): string {
  const start = target.indexOf('?')
  const fragment = target.indexOf('#', start)
  return start < 0 ? '' : target.slice(start + 1, fragment < 0 ? target.length : fragment)
}

function baseNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function cookiesOf(headers: Headers): NamedValue[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((pair) => pair.trimStart())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0
        ? { name: pair, value: '' }
        : { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
    })
}

/** How a body is taken apart, by its type. */
function processorOf(contentType: string): string {
  const type = contentType.toLowerCase()
  if (type.startsWith('application/x-www-form-urlencoded')) return 'URLENCODED'
  if (type.startsWith('multipart/form-data')) return 'MULTIPART'
  if (type.startsWith('application/json') || type.includes('+json')) return 'JSON'
  return type.startsWith('text/xml') || type.startsWith('application/xml') || type.includes('+xml')
    ? 'XML'
    : ''
}
