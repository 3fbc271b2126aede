import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SignedRequest, signedHeaders } from './aws-signature.ts'

/* The examples of AWS: Amazon S3 API Reference, Signature Calculations for the Authorization Header, single chunk. */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const scope = { region: 'us-east-1', at: Date.UTC(2013, 4, 24) }
const bucket = 'https://examplebucket.s3.amazonaws.com'

const examples: [what: string, request: Partial<SignedRequest> & { path: string }, signature: string][] = [
  [
    'get an object',
    { path: '/test.txt', headers: { range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'put an object',
    {
      method: 'PUT',
      path: '/test$file.text',
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: 'Welcome to Amazon S3.',
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'ask for the lifecycle of a bucket',
    { path: '/?lifecycle' },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'list objects',
    { path: '/?max-keys=2&prefix=J' },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
]

for (const [what, { path, ...given }, signature] of examples)
  test(`signs as AWS does: ${what}`, () => {
    const request = { method: 'GET' as const, headers: {}, body: '', ...given, url: new URL(bucket + path) }
    const { authorization } = signedHeaders(request, credentials, scope)
    assert.match(
      authorization,
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request,/,
    )
    assert.equal(/Signature=([0-9a-f]{64})$/.exec(authorization)?.[1], signature)
  })

test('a token of temporary credentials is signed along', () => {
  const request = { method: 'GET' as const, url: new URL(bucket), headers: {}, body: '' }
  const headers = signedHeaders(request, { ...credentials, sessionToken: 'token' }, scope)
  assert.equal(headers['x-amz-security-token'], 'token')
  assert.match(headers['authorization'], /SignedHeaders=[^,]*;x-amz-security-token,/)
})
