import { randomBytes } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { httpPost } from '../../lib/http-post.ts'
import type { WitnessKind } from '../../model/evidence-kinds.ts'
import { evidenceLimits } from '../limits.ts'
import { type Bucket, putHead } from './bucket.ts'
import { openTimeStamp, timeStampRequest } from './time-stamp.ts'

/** Somebody else who is told of heads, so that whoever runs Pavise cannot make another past. */
export interface Witness {
  kind: WitnessKind
  /** As it is shown: an address without secrets in it, or a path. */
  name: string
  /** At least between two heads that it is told. */
  everyMs: number
  /**
   * @param note the signed head
   * @returns what proves that it was told, for those who trust it: a time stamp in base64; `''` where it gives nothing
   * @throws Error where it did not take it
   */
  attest: (note: string, signal: AbortSignal) => Promise<string>
}

/** Which witnesses there are to be. */
export interface WitnessOptions {
  /** Addresses of time stamping authorities, and how often they are asked. */
  authorities: readonly string[]
  authorityMs: number
  /** Files that heads are appended to: best on another machine. */
  files: readonly string[]
  /** Addresses that heads are sent to. */
  webhooks: readonly string[]
  /** Buckets that heads are put into. */
  buckets: readonly Bucket[]
}

export function witnessesOf({
  authorities,
  authorityMs,
  files,
  webhooks,
  buckets,
}: WitnessOptions): Witness[] {
  return [
    ...authorities.map((url) => authority(url, authorityMs)),
    ...files.map(headFile),
    ...webhooks.map(webhook),
    ...buckets.map(bucketWitness),
  ]
}

/** A time stamping authority (RFC 3161 over HTTP, section 3.4). What it answers is checked before it is kept. */
function authority(url: string, everyMs: number): Witness {
  const attest = async (note: string, signal: AbortSignal): Promise<string> => {
    const nonce = randomBytes(8)
    const body = new Uint8Array(timeStampRequest(note, nonce))
    const response = await post(url, body, { contentType: 'application/timestamp-query', signal })
    const stamp = openTimeStamp(response, note, { nonce })
    if (typeof stamp === 'string') throw new Error(stamp)
    return response.toString('base64')
  }
  return { kind: 'time-stamp', name: shown(url), everyMs, attest }
}

/** Heads a line each, as JSON strings: `pavise evidence verify --heads` reads it. */
function headFile(path: string): Witness {
  const attest = async (note: string): Promise<string> => {
    await appendFile(path, `${JSON.stringify(note)}\n`, { flush: true, mode: 0o600 })
    return ''
  }
  return { kind: 'file', name: path, everyMs: 0, attest }
}

function webhook(url: string): Witness {
  const attest = async (note: string, signal: AbortSignal): Promise<string> => {
    const body = JSON.stringify({ type: 'evidence-head', note })
    await post(url, body, { contentType: 'application/json', signal })
    return ''
  }
  return { kind: 'webhook', name: shown(url), everyMs: 0, attest }
}

function bucketWitness(bucket: Bucket): Witness {
  const attest = async (note: string, signal: AbortSignal): Promise<string> => {
    await putHead(bucket, note, signal)
    return ''
  }
  return { kind: 'bucket', name: shown(bucket.url), everyMs: 0, attest }
}

function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  options: { contentType: string; signal: AbortSignal },
): Promise<Buffer> {
  const { witnessMs: timeoutMs, witnessBytes: answerBytes } = evidenceLimits
  return httpPost(url, { body, ...options, timeoutMs, answerBytes })
}

/** Without what may be a secret: user, password, query. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
