import { replaceBlanks } from '../seclang/transformations/normalize.ts'
import { percentDecoded } from './buffers.ts'
import type { Transform } from './signature.ts'

/** What may be done with a buffer before it is looked at, by Suricata's names. */
export const transforms: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ['to_lowercase', (text) => text.toLowerCase()],
  ['to_uppercase', (text) => text.toUpperCase()],
  ['dotprefix', (text) => `.${text}`],
  ['url_decode', (text) => percentDecoded(text.replaceAll('+', ' '))],
  ['strip_whitespace', (text) => replaceBlanks(text, '')],
  ['compress_whitespace', (text) => replaceBlanks(text, ' ')],
])
