import { isDigit } from '../../../lib/ascii.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { shapeOf } from '../../values/value-shape.ts'

/** How sure one can be of a text that is made like an address or a line of one. */
function confidenceOfAddress(bytes: Uint8Array, start: number, end: number): number {
  const { words, capitalised, letters, digits, numbers, commas, others, longestWord } = shapeOf(
    bytes,
    start,
    end,
  )
  if (end - start < 3 || longestWord > 40 || isNetworkAddress(bytes, start, end)) return 0
  if (isPlaceholder(bytes, start, end) || isHop(bytes, start, end)) return 0
  if (letters >= 3 && digits > 0 && words >= 1 && digits <= 14 && numbers <= 6)
    return commas > 0 || words > 2 ? 0.3 : 0.15
  // A town or a street without its number, or a postal code: what the field says must do.
  if (digits === 0) {
    const isWritten = letters >= 3 && capitalised > 0 && others === 0 && !isCamelCase(bytes, start, end)
    return isWritten ? 0.05 : 0
  }
  return digits >= 3 && digits <= 10 && letters <= 4 ? 0.04 : 0
}

/** `SubchannelAddress`: one word as programs write names of several. */
function isCamelCase(bytes: Uint8Array, start: number, end: number): boolean {
  let isInside = false
  let hasHump = false
  for (let i = start; i < end; i++) {
    if (bytes[i] === 0x20) return false
    const isCapital = bytes[i] >= 0x41 && bytes[i] <= 0x5a
    if (isCapital && isInside) hasHump = true
    isInside = bytes[i] >= 0x61 && bytes[i] <= 0x7a
  }
  return hasHump
}

/** `1.1 varnish`, `HTTP/1.1 proxy`: what HTTP's Via is made of, which Italian streets share their name with (RFC 9110 section 7.6.3). */
function isHop(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end && bytes[at] >= 0x41 && bytes[at] <= 0x5a) at++
  if (bytes[at] === 0x2f) at++
  return (
    at + 3 < end &&
    isDigit(bytes[at]) &&
    bytes[at + 1] === 0x2e &&
    isDigit(bytes[at + 2]) &&
    bytes[at + 3] === 0x20
  )
}

/** `10.0.0.1:80`, `a@b.c`, `https://…`, `0x12ab…`: what else is called an address. */
function isNetworkAddress(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0
  let colons = 0
  let blanks = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte === 0x40 || byte === 0x5f || byte === 0x3d || byte === 0x7b) return true
    if (byte === 0x2f && bytes[i + 1] === 0x2f) return true
    if (byte === 0x2e && i + 1 < end && bytes[i + 1] > 0x20) dots++
    if (byte === 0x3a) colons++
    if (byte <= 0x20) blanks++
  }
  return (blanks === 0 && (dots > 0 || end - start > 24)) || colons > 1
}

export const postalAddress: Recogniser = {
  id: 'postal-address',
  name: 'Postal address',
  category: 'contact',
  forms: [],
  value: confidenceOfAddress,
  fieldNames: [
    ...[
      'address',
      'addresses',
      'street address',
      'postal address',
      'mailing address',
      'home address',
      'billing address',
      'shipping address',
    ],
    ...['delivery address', 'residential address', 'permanent address', 'current address', 'full address'],
    ...['address line', 'addressline', 'addr line', 'street', 'street name', 'street line', 'address street'],
    ...[
      'address city',
      'address town',
      'address zip',
      'address postcode',
      'address postal code',
      'address code',
    ],
    ...[
      'street and number',
      'street and house number',
      'strasse und hausnummer',
      'straße und hausnummer',
      'rue et numero',
      'calle y numero',
      'via e numero civico',
    ],
    ...['address line 1', 'house number', 'address text', 'address full', 'place of residence', 'residence'],
    ...['customer address', 'patient address', 'employee address', 'recipient address', 'ship to address'],
    ...[
      'anschrift',
      'adresse',
      'strasse',
      'straße',
      'strasse hausnummer',
      'lieferadresse',
      'rechnungsadresse',
    ],
    ...['wohnanschrift', 'postanschrift', 'wohnadresse', 'meldeadresse', 'wohnort', 'hausnummer'],
    ...[
      'adresse postale',
      'adresse complete',
      'rue',
      'adresse livraison',
      'adresse de livraison',
      'domicile',
    ],
    ...[
      'direccion',
      'domicilio',
      'calle',
      'direccion postal',
      'direccion de envio',
      'indirizzo',
      'residenza',
    ],
    ...['indirizzo di residenza', 'endereco', 'morada', 'rua', 'endereco completo', 'logradouro', 'adres'],
    ...['straat', 'straatnaam', 'woonadres', 'postadres', 'bezorgadres', 'ulica', 'adres zamieszkania'],
    ...['miejsce zamieszkania', 'adress', 'gatuadress', 'postadress', 'gateadresse', 'vejnavn', 'osoite'],
    ...['katuosoite', 'lahiosoite', 'adresa', 'ulice', 'bydliste', 'lakcim', 'adresa domiciliu'],
    ...[
      'διευθυνση',
      'διεύθυνση',
      'dirección',
      'endereço',
      'lakcím',
      'lähiosoite',
      'bydliště',
      'адрес',
      'адреса',
      '地址',
      '住所',
      '주소',
      'ev adresi',
      'ikametgah',
      'alamat',
      'aadress',
    ],
  ],
  vagueFieldNames: [
    'via',
    'addr',
    'address line',
    'formatted address',
    'zip',
    'postcode',
    'zipcode',
    'city',
    'town',
    'plz',
    ...[
      'ort',
      'citta',
      'città',
      'código postal',
      'město',
      'város',
      'ville',
      'code postal',
      'codigo postal',
      'postleitzahl',
      'kod pocztowy',
      'localite',
      'localita',
    ],
    ...[
      'ciudad',
      'cidade',
      'woonplaats',
      'plaats',
      'miasto',
      'postnummer',
      'postort',
      'stadt',
      'mesto',
      'kommun',
    ],
  ],
  notFieldNames: [
    ...[
      'ip address',
      'email address',
      'mail address',
      'e mail address',
      'mac address',
      'wallet address',
      'web address',
    ],
    ...[
      'network address',
      'remote address',
      'remote addr',
      'server address',
      'host address',
      'memory address',
    ],
    ...[
      'contract address',
      'bitcoin address',
      'address family',
      'address type',
      'address id',
      'addresses id',
    ],
    ...[
      'bus address',
      'port address',
      'source address',
      'destination address',
      'listen address',
      'bind address',
    ],
    ...['email adresse', 'mail adresse', 'e mail adresse', 'direccion ip', 'correo direccion', 'ip adresse'],
    ...[
      'reply to address',
      'from address',
      'to address',
      'sender address',
      'token address',
      'address country',
    ],
  ],
  contextWords: {},
  mask: (value) => maskMiddle(value, 2, 0),
  source: 'GDPR Art. 4(1); UPU S42 on the parts of an address',
  examples: {
    good: ['Hauptstraße 126, 09599 Berlin', 'Calle Mayor 5', '221B Baker Street', '12 rue de la Paix, Paris'],
    bad: [
      '10.0.0.1:8080',
      'anna@example.com',
      'https://example.com/a 1',
      '0x12ab34cd56ef78ab90cd12ef34',
      'null',
      '-',
      'SubchannelAddress,',
      'block',
      '1.1 varnish, 1.1 varnish (Varnish/6.0)',
      'HTTP/1.1 proxy-7',
    ],
  },
}
