import { contentHex, type Element, elementsIn, Tag } from './der.ts'
import { limits } from './limits.ts'
import { readText } from './names.ts'

/** Object identifiers in DER's hexadecimal, and what people call them (RFC 4514 section 3, RFC 5280 appendix A). */
const attributes: Record<string, string> = {
  '550403': 'CN',
  '550404': 'SN',
  '550405': 'serialNumber',
  '550406': 'C',
  '550407': 'L',
  '550408': 'ST',
  '550409': 'street',
  '55040a': 'O',
  '55040b': 'OU',
  '55040c': 'title',
  '55042a': 'GN',
  '550461': 'organizationIdentifier',
  '0992268993f22c640101': 'UID',
  '0992268993f22c640119': 'DC',
  '2a864886f70d010901': 'emailAddress',
}

export interface NameAttribute {
  /** Short name, or `OID` in hexadecimal. */
  type: string
  value: string
  /** Of the value's bytes. */
  start: number
  end: number
}

/** What of a name says who someone is, not where they belong. */
const ofOrganisation = new Set(['C', 'DC', 'L', 'O', 'OU', 'ST', 'organizationIdentifier'])

/** The first attributes of a name (RFC 5280 section 4.1.2.4), in their order. */
export function* nameAttributes(bytes: Uint8Array, name: Element): Generator<NameAttribute> {
  let count = 0
  for (const set of elementsIn(bytes, name)) {
    for (const pair of elementsIn(bytes, set)) {
      if (count++ >= limits.nameAttributes) return
      const [type, value] = elementsIn(bytes, pair)
      if (type?.tag !== Tag.objectIdentifier || value === undefined) continue
      const oid = contentHex(bytes, type)
      const { start, end } = value
      yield { type: attributes[oid] ?? `OID ${oid}`, value: textOf(bytes, value), start, end }
    }
  }
}

/**
 * As `CN=www.example.org, O=Example`. In a name that is a person's only what says to whom they belong is written out; an
 * e-mail address never is.
 */
export function shownName(bytes: Uint8Array, name: Element, isPerson: boolean): string {
  const parts: string[] = []
  for (const { type, value } of nameAttributes(bytes, name)) {
    const isCovered =
      type === 'emailAddress' || value.includes('@') || (isPerson && !ofOrganisation.has(type))
    parts.push(`${type}=${isCovered ? '…' : value}`)
  }
  return parts.join(', ')
}

/** UTF-16 of old certificates is read by its low bytes: what it holds is nearly always ASCII. */
function textOf(bytes: Uint8Array, { tag, start, end }: Element): string {
  if (tag !== Tag.bmpString) return readText(bytes, start, end)
  const low = bytes.slice(start, end).filter((_, i) => i % 2 === 1)
  return readText(low, 0, low.length)
}
