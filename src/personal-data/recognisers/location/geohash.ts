import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'

/** Base 32 of geohash: no a, i, l or o. */
const isOfGeohash = new Uint8Array(256)
for (const character of '0123456789bcdefghjkmnpqrstuvwxyz') isOfGeohash[character.charCodeAt(0)] = 1

/** Six characters are a quarter of a town, twelve are a hand's breadth. */
const shortest = 6
const longest = 12

function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < shortest || end - start > longest) return 0
  for (let i = start; i < end; i++) if (isOfGeohash[bytes[i]] === 0) return 0
  return 0.2
}

export const geohash: Recogniser = {
  id: 'geohash',
  name: 'Geohash',
  category: 'location',
  forms: [],
  value: confidenceOf,
  fieldNames: namesOf('geohash, geo hash, location hash, geohashcode'),
  contextWords: {},
  mask: (value) => maskMiddle(value, 2, 0),
  source: 'G. Niemeyer, Geohash (2008); GDPR Art. 4(1), location data',
  examples: {
    good: ['u33dc0', 'gcpvj0du6', 'u33dc0cppjb7', '9q8yyk8ytpxr'],
    bad: ['u33', 'alio123', 'null', 'u33dc0cppjb7u', 'U33-DC0'],
  },
}
