import { httpPost } from '../lib/http-post.ts'
import { notifyLimits } from './limits.ts'
import type { Channel } from './notice.ts'

/** Notices as JSON by POST. Of the address only the host is shown: many have a secret in their path. */
export function webhookChannel(url: string, address?: string): Channel {
  return {
    ...(address !== undefined && { address }),
    name: new URL(url).origin,
    send: async (notice, signal) => {
      const { sendMs: timeoutMs, answerBytes } = notifyLimits
      const body = JSON.stringify({ type: 'notice', ...notice })
      await httpPost(url, { body, contentType: 'application/json', timeoutMs, answerBytes, signal })
    },
  }
}
