export interface Post {
  body: string | Uint8Array<ArrayBuffer>
  contentType: string
  headers?: Record<string, string>
  /** It fails when it takes longer, and when the answer is longer. */
  timeoutMs: number
  answerBytes: number
  signal?: AbortSignal
}

/**
 * Sends something by POST and reads the answer. Redirects are not followed: what is sent is for one place.
 *
 * @throws Error where nobody answers in time, or with another status than 2xx; it never holds what was sent or answered
 */
export async function httpPost(url: string, post: Post): Promise<Buffer> {
  const signals = [AbortSignal.timeout(post.timeoutMs), ...(post.signal ? [post.signal] : [])]
  const response = await fetch(url, {
    method: 'POST',
    body: post.body,
    headers: { ...post.headers, 'content-type': post.contentType },
    redirect: 'error',
    signal: AbortSignal.any(signals),
  }).catch((error: Error) => {
    const { cause } = error as { cause?: { code?: string; message?: string } }
    throw new Error(cause?.code ?? cause?.message ?? error.message, { cause: error })
  })
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > post.answerBytes) throw new Error(`the answer is longer than ${post.answerBytes} bytes`)
    chunks.push(chunk)
  }
  if (!response.ok) throw new Error(`it answered with status ${response.status}`)
  return Buffer.concat(chunks, length)
}
