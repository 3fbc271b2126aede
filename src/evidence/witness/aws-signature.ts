import { createHash, createHmac } from 'node:crypto'

/** Whom requests are signed for, as AWS names it. */
export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  /** Of temporary credentials. */
  sessionToken?: string | undefined
}

export interface SignedRequest {
  method: 'GET' | 'PUT'
  url: URL
  /** By names in lower case, without `host`; all are signed. */
  headers: Readonly<Record<string, string>>
  body: string
}

/** Where and when a signature is good. */
export interface SigningScope {
  region: string
  /** ms since 1970. */
  at: number
}

/**
 * The headers of a request to S3 or what speaks as it does, with its signature: version 4, in the header, of a payload in one chunk
 * (AWS: Authenticating Requests, Signature Calculations for the Authorization Header).
 */
export function signedHeaders(
  { method, url, headers, body }: SignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  { region, at }: SigningScope,
): Record<string, string> {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const all: Record<string, string> = {
    ...headers,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const signed = Object.entries({ ...all, host: url.host }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = signed.map(([name]) => name).join(';')
  const lines = signed.map(([name, value]) => `${name}:${value.trim()}\n`).join('')
  const request = [method, canonicalPath(url), canonicalQuery(url), lines, names, sha256(body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`)
  for (const part of scope.split('/')) key = hmac(key, part)
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${names},Signature=${hmac(key, text).toString('hex')}`
  return { ...all, authorization }
}

/** Each segment encoded once, as S3 has it; other services of AWS want it twice. What is asked for is best spelt the same. */
export function canonicalPath({ pathname }: URL): string {
  return pathname
    .split('/')
    .map((segment) => encoded(decodeURIComponent(segment)))
    .join('/')
}

function canonicalQuery({ searchParams }: URL): string {
  const pairs = Array.from(searchParams, ([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return pairs.toSorted((a, b) => (a < b ? -1 : 1)).join('&')
}

/** All but the unreserved characters of RFC 3986; `encodeURIComponent` leaves five more. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
