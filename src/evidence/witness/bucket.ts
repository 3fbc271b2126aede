import { createHash } from 'node:crypto'
import { httpSend } from '../../lib/http-post.ts'
import { evidenceLimits } from '../limits.ts'
import { type AwsCredentials, canonicalPath, signedHeaders } from './aws-signature.ts'
import type { Witness } from './witness.ts'

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
 * Each head is an object of its own, whose name is never used again: where the bucket locks its objects, nobody takes one back. With
 * the checksum that buckets with a lock ask for.
 */
export function bucketWitness({ url, region, credentials }: Bucket): Witness {
  const attest = async (note: string, signal: AbortSignal): Promise<string> => {
    const target = new URL(`${url.replace(/\/$/, '')}/${objectName(note)}`)
    target.pathname = canonicalPath(target)
    const digest = createHash('sha256').update(note)
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'x-amz-checksum-sha256': digest.digest('base64'),
    }
    const request = { method: 'PUT' as const, url: target, headers, body: note }
    const signed = signedHeaders(request, credentials, { region, at: Date.now() })
    const { witnessMs: timeoutMs, witnessBytes: answerBytes } = evidenceLimits
    await httpSend('PUT', target.href, { body: note, headers: signed, timeoutMs, answerBytes, signal })
    return ''
  }
  return { kind: 'bucket', name: url, everyMs: 0, attest }
}

/** `head-0000000000001200-5f3c…`: how many entries, and which head. */
function objectName(note: string): string {
  const size = note.split('\n', 2)[1].padStart(sizeDigits, '0')
  return `head-${size}-${createHash('sha256').update(note).digest('hex').slice(0, hashDigits)}`
}
