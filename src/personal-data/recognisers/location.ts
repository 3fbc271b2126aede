import type { Recogniser } from '../recogniser.ts'
import { coordinates } from './location/coordinates.ts'
import { geohash } from './location/geohash.ts'

/** Where people are, besides their addresses. */
export const locationRecognisers: readonly Recogniser[] = [coordinates, geohash]
