import type { Recogniser } from '../../recogniser.ts'
import { longRun, token, tokenConfidence } from './credential.ts'
import { base64url } from './samples.ts'

/** Ends in a letter or digit, so that it is found whole as an example. */
const made = (length: number, seed = 1): string => `${base64url(length - 1, seed)}Q`

export const googleApiKey: Recogniser = token({
  id: 'google-api-key',
  name: 'Google API key',
  forms: [{ expression: 'AIza[A-Za-z0-9_-]{35}', confidence: tokenConfidence }],
  beginnings: ['AIza'],
  fieldNames: ['google api key', 'google maps key', 'firebase key', 'google key'],
  source: 'Google Cloud, Sensitive Data Protection, infoType GCP_API_KEY',
  examples: {
    good: [`AIza${made(35)}`, `AIza${made(35, 2)}`, `AIza${made(35, 3)}`],
    bad: [`AIza${made(34)}`, `AIza${'x'.repeat(35)}`, `aiza${made(35)}`],
  },
})

export const googleOauth: Recogniser = token({
  id: 'google-oauth',
  name: 'Google OAuth client secret or token',
  forms: [
    { expression: 'GOCSPX-[A-Za-z0-9_-]{28}', confidence: tokenConfidence },
    { expression: '1//0[A-Za-z0-9_-]{40,120}', confidence: tokenConfidence },
    {
      expression: `ya29\\.${longRun('[A-Za-z0-9_-]', 30, 84)}`,
      goesOnWith: '[A-Za-z0-9_.-]',
      confidence: tokenConfidence,
    },
  ],
  beginnings: ['GOCSPX-', 'ya29.', '1//0'],
  fieldNames: ['client secret', 'google client secret', 'refresh token', 'google oauth'],
  source: 'Google Cloud, Sensitive Data Protection, infoTypes OAUTH_CLIENT_SECRET and AUTH_TOKEN',
  examples: {
    good: [`GOCSPX-${made(28)}`, `1//0${made(99)}`, `ya29.${made(140)}`],
    bad: [`GOCSPX-${made(27)}`, `1//0${made(30)}`, `ya29.${made(20)}`, `GOCSPX-${'x'.repeat(28)}`],
  },
})
