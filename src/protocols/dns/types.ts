/** IANA, "Resource Record (RR) TYPEs": those that the parser itself asks for. */
export const Type = {
  a: 1,
  ns: 2,
  cname: 5,
  soa: 6,
  null: 10,
  ptr: 12,
  hinfo: 13,
  wks: 11,
  mx: 15,
  txt: 16,
  aaaa: 28,
  loc: 29,
  netbiosName: 32,
  srv: 33,
  naptr: 35,
  dname: 39,
  opt: 41,
  ds: 43,
  rrsig: 46,
  nsec: 47,
  dnskey: 48,
  nsec3: 50,
  nsec3param: 51,
  tlsa: 52,
  cds: 59,
  cdnskey: 60,
  svcb: 64,
  https: 65,
  spf: 99,
  ixfr: 251,
  axfr: 252,
  any: 255,
  caa: 257,
} as const

/** IANA, "Resource Record (RR) TYPEs", from 0 to 69. */
const LOW_TYPES = (
  'TYPE0 A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY ' +
  'PX GPOS AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC ' +
  'DNSKEY DHCID NSEC3 NSEC3PARAM TLSA SMIMEA TYPE54 HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD ' +
  'SVCB HTTPS DSYNC HHIT BRID'
).split(' ')

const HIGH_TYPES = new Map([
  [99, 'SPF'],
  [100, 'UINFO'],
  [101, 'UID'],
  [102, 'GID'],
  [103, 'UNSPEC'],
  [104, 'NID'],
  [105, 'L32'],
  [106, 'L64'],
  [107, 'LP'],
  [108, 'EUI48'],
  [109, 'EUI64'],
  [128, 'NXNAME'],
  [249, 'TKEY'],
  [250, 'TSIG'],
  [251, 'IXFR'],
  [252, 'AXFR'],
  [253, 'MAILB'],
  [254, 'MAILA'],
  [255, 'ANY'],
  [256, 'URI'],
  [257, 'CAA'],
  [258, 'AVC'],
  [259, 'DOA'],
  [260, 'AMTRELAY'],
  [261, 'RESINFO'],
  [262, 'WALLET'],
  [263, 'CLA'],
  [264, 'IPN'],
  [32768, 'TA'],
  [32769, 'DLV'],
])

/** Mnemonic of a type; `TYPE123` where it has none (RFC 3597 section 5). */
export function typeName(type: number): string {
  return LOW_TYPES[type] ?? HIGH_TYPES.get(type) ?? `TYPE${type}`
}

/** Assigned, or of private use (RFC 6895 section 3.1): what a stranger's 16 bits seldom are. */
export function isPlausibleType(type: number): boolean {
  return (type > 0 && type < LOW_TYPES.length) || HIGH_TYPES.has(type) || (type >= 0xff00 && type < 0xffff)
}
