import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isRandomToken, isUuid } from '../../values/opaque-id.ts'
import { copyExactly } from '../credentials/credential.ts'
import { namesOf } from '../names-of-fields.ts'

/** Of the client's number and the time of its first visit, as Google Analytics joins them. */
const visitor = '\\d{6,10}\\.1[0-9]{9}'

/**
 * What a site knows a browser by. Where the value has a form of its own (Google Analytics, Meta, Matomo, Express) it is found
 * under any name; where it is a random token the name of the cookie tells. Session cookies count where they are called as
 * frameworks call them: they are of one visit, but of one person. `session_id` alone is not told from sessions of machines.
 */
export const identifyingCookie: Recogniser = {
  id: 'identifying-cookie',
  name: 'Cookie that identifies a browser',
  category: 'online',
  forms: [
    { expression: `GA1\\.\\d{1,2}\\.${visitor}`, confidence: 0.99 },
    { expression: 'fb\\.[0-3]\\.1[0-9]{12}\\.\\d{8,19}', confidence: 0.99 },
    { expression: `\\d{6,10}\\.${visitor}\\.1[0-9]{9}\\.1[0-9]{9}\\.\\d{1,6}`, confidence: 0.97 },
    { expression: `1\\.1\\.${visitor}`, confidence: 0.8 },
    { expression: 's%3A[A-Za-z0-9_-]{32}\\.[A-Za-z0-9%+/]{43,58}', confidence: 0.97 },
  ],
  value: (bytes, start, end) =>
    isUuid(bytes, start, end) || isRandomToken(bytes, start, end, 12, 110) ? 0.15 : 0,
  mayBeJoined: true,
  fieldNames: namesOf(
    'visitor id, visitorid, cookie id, tracking cookie, anonymous id, muid, uetvid, uetsid, hubspotutk, amplitude id',
    'ga client id, gclid, fbclid, msclkid, optimizely end user id, mixpanel distinct id, distinct id, browser id',
    'phpsessid, jsessionid, net session id, netsessionid, laravel session, ci session, sessionid, wp session',
    'besucher id, identifiant visiteur, id visiteur, id visitante, id visitatore, bezoekers id, id odwiedzajacego',
    'besokar id, kavija id',
  ),
  contextWords: {},
  mask: (value) => maskMiddle(value, 4, 0),
  normalise: copyExactly,
  source:
    'GDPR recital 30; CJEU C-673/17 (Planet49); cookie formats of Google Analytics, Meta, Matomo and Express',
  examples: {
    good: [
      'GA1.2.1033501218.1368477899',
      'fb.1.1596403881668.1116446470',
      '173272373.1033501218.1368477899.1368477899.1368478899.4',
      '1.1.462351345.1666168235',
      's%3AjpGhqnbHeVFq1DjcEb0oDpTHJf8fNCUm.qkFWvLYnDEmJ1vDrKwLSRbdNGBD4LBm2M2L8c3iFmQM',
      '7b1f0c2e4a5d6e7f8091a2b3c4d5e6f7',
      'el4ukv0kqbvoirg7nkp4dncpk3',
    ],
    bad: ['GA1.2', '1', 'true', 'null', '1.1.2', 'accepted', '00000000000000000000', 'en-GB'],
  },
}
