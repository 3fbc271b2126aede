export interface Sending {
  body: string | Uint8Array<ArrayBuffer>
  headers: Record<string, string>
  /** It fails when it takes longer, and when the answer is longer. */
  timeoutMs: number
  answerBytes: number
  signal?: AbortSignal
}

export interface Post extends Omit<Sending, 'headers'> {
  contentType: string
  headers?: Record<string, string>
}

/**
 * Sends something by POST and reads the answer.
 *
 * @throws Error as `httpSend` does
 */
export function httpPost(url: string, { contentType, headers, ...sending }: Post): Promise<Buffer> {
  return httpSend('POST', url, { ...sending, headers: { ...headers, 'content-type': contentType } })
}

/**
 * Sends something and reads the answer. Redirects are not followed: what is sent is for one place.
 *
 * @throws Error where nobody answers in time, or with another status than 2xx; it never holds what was sent or answered
 */
export async function httpSend(method: 'POST' | 'PUT', url: string, sending: Sending): Promise<Buffer> {
  const { body, headers, timeoutMs, answerBytes, signal } = sending
  const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
  const response = await fetch(url, {
    method,
    body,
    headers,
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
    if (length > answerBytes) throw new Error(`the answer is longer than ${answerBytes} bytes`)
    chunks.push(chunk)
  }
  if (!response.ok) throw new Error(`it answered with status ${response.status}`)
  return Buffer.concat(chunks, length)
}
