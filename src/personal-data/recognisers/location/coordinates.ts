import { isDigit } from '../../../lib/ascii.ts'
import type { Match } from '../../../scan/scanner.ts'
import { maxShownShare } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { namesOf } from '../names-of-fields.ts'
import { underPersons } from './person-names.ts'

/** Digits behind the point from which on a place is a house: 0.0001 degrees are eleven metres. */
const fewestDecimals = 4
const mostLatitude = 90
const mostLongitude = 180
const POINT = 0x2e

/** A decimal number read from a text, and where it ends. */
const read = { value: 0, decimals: 0, end: 0 }

/** False where no decimal number stands at `at`. */
function readDecimal(bytes: Uint8Array, at: number, end: number): boolean {
  const isNegative = bytes[at] === 0x2d
  let i = isNegative || bytes[at] === 0x2b ? at + 1 : at
  const first = i
  let value = 0
  while (i < end && isDigit(bytes[i])) value = value * 10 + bytes[i++] - 0x30
  if (i === first || i - first > 3 || bytes[i] !== POINT || i >= end) return false
  const point = i++
  for (let unit = 0.1; i < end && isDigit(bytes[i]); unit /= 10) value += (bytes[i++] - 0x30) * unit
  read.value = isNegative ? -value : value
  read.decimals = i - point - 1
  read.end = i
  return true
}

/** Latitude and longitude in this order, or in that of GeoJSON. */
function isPair({ bytes, start, end }: Match): boolean {
  if (!readDecimal(bytes, start, end) || read.decimals < fewestDecimals) return false
  const first = Math.abs(read.value)
  let at = read.end
  while (at < end && !isDigit(bytes[at]) && bytes[at] !== 0x2d && bytes[at] !== 0x2b) at++
  if (!readDecimal(bytes, at, end) || read.decimals < fewestDecimals) return false
  const second = Math.abs(read.value)
  const isInRange = Math.min(first, second) <= mostLatitude && Math.max(first, second) <= mostLongitude
  return isInRange && (first > 1 || second > 1)
}

/** The latitude or longitude alone. */
function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 24 || !readDecimal(bytes, start, end)) return 0
  const isPlace = read.end === end && read.decimals >= fewestDecimals && Math.abs(read.value) <= mostLongitude
  return isPlace ? 0.08 : 0
}

const degree = '\\d{1,3}\\.\\d{4,15}'

export const coordinates: Recogniser = {
  id: 'coordinates',
  name: 'Geographic coordinates',
  category: 'location',
  // Two numbers with as many decimals stand next to each other in measurements, too.
  forms: [
    { expression: `-?${degree}(?:,|, |; ?|%2C|\\|)-?${degree}`, confidence: 0.1, check: isPair },
    { expression: `geo:-?${degree},-?${degree}`, confidence: 0.9, check: isGeoUri },
  ],
  value: confidenceOf,
  mayBeJoined: true,
  fieldNames: [
    ...namesOf(
      'coordinates, coords, location, gps, gps coordinates, gps location, gps position, geolocation, geo location, geo',
      'latlng, lat lng, latlong, lat long, lat lon, latlon, lnglat, geopoint, geo point, geo position, current location',
      'standort, koordinaten, gps koordinaten, geokoordinaten, position gps, coordonnees, coordonnees gps, localisation',
      'coordenadas, ubicacion, localizacion, coordinate, posizione, posizione gps, localizacao, coordinaten, locatie',
      'wspolrzedne, lokalizacja, koordinater, plats, sijainti, koordinaatit, souradnice, poloha, helymeghatarozas, konum',
    ),
    ...underPersons(['lat', 'latitude', 'lng', 'lon', 'longitude']),
  ],
  vagueFieldNames: namesOf('lat, latitude, lng, lon, longitude'),
  notFieldNames: namesOf(
    'geometry coordinates, bounding box, bbox, viewport, map center, map centre, store location, shop location, office location',
    'city location, venue location, station location, restaurant location, hotel location, airport location, branch location',
  ),
  contextWords: {
    en: namesOf('gps, coordinates, latitude, longitude, lat lon, geolocation'),
    de: namesOf('gps, koordinaten, standort'),
    fr: namesOf('gps, coordonnées'),
    es: namesOf('gps, coordenadas, ubicación'),
    it: namesOf('gps, coordinate, posizione'),
    nl: namesOf('gps, coördinaten, locatie'),
    pl: namesOf('gps, współrzędne'),
    pt: namesOf('gps, coordenadas, localização'),
    sv: namesOf('gps, koordinater'),
  },
  mask: maskDecimals,
  normalise: (bytes, start, end, out) => {
    for (let i = start; i < end; i++) out[i - start] = bytes[i]
    return end - start
  },
  source: 'GDPR Art. 4(1), location data; ISO 6709; RFC 5870 on geo URIs',
  examples: {
    good: [
      '52.520008,13.404954',
      '48.8577, 2.2950',
      '-33.8568,151.2153',
      '13.404954, 52.520008',
      'geo:48.20849,16.37208',
    ],
    bad: [
      '52.52,13.40',
      '0.123456,0.654321',
      '1.2.3.4',
      '191.5200,99.4049',
      '52.520008,190.404954',
      'Berlin',
      '10.1234,',
    ],
  },
}

function isGeoUri(match: Match): boolean {
  const { bytes, end } = match
  return readDecimal(bytes, match.start + 4, end) && Math.abs(read.value) <= mostLatitude
}

/** Whole degrees, a hundred kilometres across, are a region: `52.******,13.******`. */
function maskDecimals(value: string): string {
  let shown = 0
  const most = Math.floor(
    [...value].filter((character) => /[\p{L}\p{N}]/u.test(character)).length * maxShownShare,
  )
  let isBehindPoint = false
  return [...value]
    .map((character) => {
      if (!/[\p{L}\p{N}]/u.test(character)) {
        isBehindPoint = character === '.'
        return character
      }
      return isBehindPoint || ++shown > most ? '*' : character
    })
    .join('')
}
