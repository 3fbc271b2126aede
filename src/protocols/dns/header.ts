/** Fixed part of every message: id, flags, four counts (RFC 1035 section 4.1.1). */
export const HEADER_BYTES = 12

/** IANA, "DNS OpCodes". */
export const Opcode = { query: 0, inverseQuery: 1, status: 2, notify: 4, update: 5, stateful: 6 } as const

/** Bits of the second 16-bit word. `reserved` must be zero; AD and CD took the other two (RFC 4035). */
export const Flag = {
  response: 0x8000,
  truncated: 0x0200,
  recursionDesired: 0x0100,
  reserved: 0x0040,
} as const

export const RecordClass = { internet: 1, chaos: 3, hesiod: 4, none: 254, any: 255 } as const

export function isAssignedOpcode(opcode: number): boolean {
  return opcode <= Opcode.stateful && opcode !== 3
}

export function isAssignedClass(value: number): boolean {
  const { internet, chaos, hesiod, none, any } = RecordClass
  return value === internet || value === chaos || value === hesiod || value === none || value === any
}

/** IANA, "DNS RCODEs"; from 16 on they need the upper bits that EDNS brings (RFC 6891 section 6.1.3). */
const RESPONSE_CODES = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
  'DSOTYPENI',
]
const EXTENDED_CODES = [
  'BADVERS',
  'BADKEY',
  'BADTIME',
  'BADMODE',
  'BADNAME',
  'BADALG',
  'BADTRUNC',
  'BADCOOKIE',
]

/** Name of a response code of 12 bits; `RCODE12` where it has none. */
export function responseCodeName(code: number): string {
  return RESPONSE_CODES[code] ?? EXTENDED_CODES[code - 16] ?? `RCODE${code}`
}
