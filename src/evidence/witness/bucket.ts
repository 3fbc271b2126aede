import { createHash } from 'node:crypto'
import { httpSend } from '../../lib/http-post.ts'
import { evidenceLimits } from '../limits.ts'
import { type AwsCredentials, canonicalPath, signedHeaders } from './aws-signature.ts'

/** A bucket of S3, or of what speaks as it does, and a folder in it. */
export interface Bucket {
  /** `https://s3.eu-central-1.amazonaws.com/bucket/folder`, or with the bucket in the name of the host. */
  url: string
  region: string
  credentials: AwsCredentials
}

/** Digits of the number of entries in the name of an object: names are in the order of time. */
const sizeDigits = 16
/** Of the hash of the note in it: the same head is the same object. */
const hashDigits = 16

/**
 * Puts a signed head into a bucket, as an object whose name is never used again: where the bucket locks its objects, nobody takes one
 * back. With the checksum that buckets with a lock ask for.
 *
 * @throws Error where the bucket does not take it
 */
export async function putHead(
  { url, region, credentials }: Bucket,
  note: string,
  signal: AbortSignal,
): Promise<void> {
  const target = new URL(`${url.replace(/\/$/, '')}/${objectName(note)}`)
  target.pathname = canonicalPath(target)
  const checksum = createHash('sha256').update(note).digest('base64')
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-amz-checksum-sha256': checksum }
  const request = { method: 'PUT' as const, url: target, headers, body: note }
  const signed = signedHeaders(request, credentials, { region, at: Date.now() })
  const { witnessMs: timeoutMs, witnessBytes: answerBytes } = evidenceLimits
  await httpSend('PUT', target.href, { body: note, headers: signed, timeoutMs, answerBytes, signal })
}

/** `head-0000000000001200-5f3c…`: how many entries, and which head. */
function objectName(note: string): string {
  const size = note.split('\n', 2)[1].padStart(sizeDigits, '0')
  return `head-${size}-${createHash('sha256').update(note).digest('hex').slice(0, hashDigits)}`
}
