import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../../test/support/built-in-detector.ts'
import * as fc from 'fast-check'
import { detectAll } from '../../../test/support/detect-all.ts'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { builtInRecognisers } from './index.ts'

/** What is found in a text whose format is not known. */
const idsIn = (text: string): string[] => detectAll(detector, text).map(({ id }) => id)

function assertFound(table: readonly [text: string, ...ids: string[]][]): void {
  for (const [text, ...ids] of table) assert.deepEqual(idsIn(text), ids, text)
}

test('numbers of documents are found by their names in nine languages', () => {
  assertFound([
    ['{"passportNumber":"C01X00T47"}', 'passport-number'],
    ['Reisepassnummer: C01X00T47', 'passport-number'],
    ['<numero_passeport>12AB34567</numero_passeport>', 'passport-number'],
    ['numero_de_pasaporte=AAB123456', 'passport-number'],
    ['Führerschein: B072RRE2I55', 'driving-licence'],
    ['{"patenteDiGuida":"U1X12345AB"}', 'driving-licence'],
    ['{"prawo_jazdy":"12345/12/1234"}', 'driving-licence'],
    ['rijbewijsnummer=3254719280', 'driving-licence'],
    ["Driver's License: D123-4567-8901", 'us-driver-license'],
    ['{"carta_de_conducao":"L-1234567 8"}', 'driving-licence'],
    ['{"körkort":"590123-4567"}', 'driving-licence'],
    ['Kennzeichen: M-AB 123', 'vehicle-plate'],
    ['{"immatriculation":"AB-123-CD"}', 'vehicle-plate'],
    ['kenteken=12-ABC-3', 'vehicle-plate'],
    ['{"fahrgestellnummer":"WVWZZZ1JZXW000001"}', 'vin'],
    ['Personalausweis: L01X00T47', 'identity-card-number'],
    ['{"customer":{"idCardNumber":"L01X00T47"}}', 'identity-card-number'],
    ['titre_de_sejour=9903AB1234', 'residence-permit'],
    ['Паспорт: 925665416', 'passport-number'],
    ['Αριθμός διαβατηρίου: AB1234567', 'passport-number'],
    ['Aufenthaltstitel: Y0123456A', 'residence-permit'],
  ])
})

test('numbers of documents are found near a word that says what they are', () => {
  assertFound([
    ["My driver's license number is A56319335", 'us-driver-license'],
    ['She showed her passport YA1234567 at the border.', 'passport-number'],
    ['The licence is MORGA657054SM9IJ.', 'driving-licence'],
    ['Number plate AB12 CDE was seen.', 'vehicle-plate'],
    ['Article A56319335 and article YA1234567 in colour AB12 CDE.'],
    ['WVWZZZ1JZXW000001', 'vin'],
  ])
})

test('a date of birth that is none makes no British driver number', () => {
  assertFound([
    ['MORGA657054SM9IJ', 'driving-licence'],
    ['MORGA613324SM9IJ'],
    ['MORGA602304SM9IJ'],
    ['MORGA652295SM9IJ'],
  ])
})

test('accounts and cards are found by their names', () => {
  assertFound([
    ['{"swift":"COBADEFFXXX"}', 'bic'],
    ['{"swift":"chasus33"}', 'bic'],
    ['Sort code 60-16-13, account 31926819', 'gb-bank-account'],
    ['60-16-13 31926819', 'gb-bank-account'],
    ['Routing number: 021000021', 'us-bank-account'],
    ['Kontonummer: 532013000', 'bank-account'],
    ['{"numero_de_cuenta":"2100-0418-45-0200051332"}', 'bank-account'],
    ['{"account_number":31926819}', 'bank-account'],
    ['{"cvc":737}', 'card-security-code'],
    ['Kartenprüfnummer: 737', 'card-security-code'],
    ['{"exp_month":9,"exp_year":2029}', 'card-expiry', 'card-expiry'],
    ['{"card_expiry":"09/27"}', 'card-expiry'],
    ['{"expiry":"09/27"}'],
    ['{"account_number":"DE89370400440532013001"}'],
    ['IBAN DE89370400440532013000 BIC COBADEFFXXX', 'iban', 'bic'],
    ['SWIFT DOCUMENT, SWIFT MESSAGES, SWIFT LANGUAGE'],
    ['COBADEFFXXX'],
  ])
})

test('an expiry is of a card where the field around it is called so', () => {
  const idsOf = (field: string): string[] =>
    detectAll(detector, '{"expiry":"09/27"}', field).map(({ id }) => id)
  assert.deepEqual(idsOf('$.card.expiry'), ['card-expiry'])
  for (const field of ['$.certificate.expiry', '$.gift.expiry', '$.sim.card.expiry'])
    assert.deepEqual(idsOf(field), [], field)
})

test('wallets are found by the checksums of their addresses', () => {
  assertFound([
    ['to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'bitcoin-address'],
    ['to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb'],
    ['{"to":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"}', 'ethereum-address'],
    ['{"to":"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}'],
    ['{"wallet":"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}', 'ethereum-address'],
    ['{"contractAddress":"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}'],
  ])
})

test('devices and browsers are found by what names them', () => {
  assertFound([
    ['cookie: _ga=GA1.2.1033501218.1368477899; theme=dark', 'identifying-cookie'],
    ['cookie: PHPSESSID=el4ukv0kqbvoirg7nkp4dncpk3', 'identifying-cookie'],
    ['visitor_id=7b1f0c2e4a5d6e7f8091a2b3&page=2', 'identifying-cookie'],
    ['{"idfa":"EA7583CD-A667-48BC-B806-42ECB2B48606"}', 'advertising-id'],
    ['{"id":"EA7583CD-A667-48BC-B806-42ECB2B48606"}'],
    ['IMEI 490154203237518', 'imei'],
    ['{"imsi":262011234567890}', 'imsi'],
    ['{"ref":490154203237518}'],
    ['SIM card 8949020000012345670', 'iccid'],
    ['{"androidId":"9774d56d682e549c"}', 'device-id'],
    ['{"deviceId":"vol-0abcd1234ef567890"}'],
    ['{"deviceId":"eth0"}'],
  ])
})

test('of a network’s devices only those are found that are said to be somebody’s', () => {
  assertFound([
    ['{"deviceMac":"3C:22:FB:12:AB:9E"}', 'mac-address'],
    ['MAC address: 3c:22:fb:12:ab:9e', 'mac-address'],
    ['dhcpd: DHCPACK to 3c:22:fb:12:ab:9e via eth0'],
    ['link/ether 3c:22:fb:12:ab:9e brd ff:ff:ff:ff:ff:ff'],
    ['IN=eth0 OUT= MAC=3c:22:fb:12:ab:9e:00:1b:63:aa:bb:0c:08:00 LEN=60'],
    ['{"MacAddress":"02:42:ac:11:00:02"}'],
    ['{"srcMac":"3c:22:fb:12:ab:9e"}'],
  ])
})

test('people are found by the names and numbers of their accounts, machines are not', () => {
  assertFound([
    ['username=jdoe42&x=1', 'username'],
    ['Benutzername: anna.meier', 'username'],
    ['level=info user_id=4711815 username=jdoe42 action=login', 'user-id', 'username'],
    ['{"nombre_de_usuario":"sofia_88"}', 'username'],
    ['{"customerNumber":"KD-10023"}', 'user-id'],
    ['Kundennummer: 4711815', 'user-id'],
    ['{"klantnummer":4711815}', 'user-id'],
    ['{"username":"postgres"}'],
    ['username = app_orders'],
    ['.username:hover{color:red}'],
    ['user_id=1000'],
    ['{"account_id":"123456789012"}'],
    ['{"client_id":"272cfe78-f186-4a81-c859-bbb653699390"}'],
    ['{"customer":{"idType":"PASSPORT7"}}'],
  ])
})

test('a latitude alone is nobody’s until the fields around it are a person’s', () => {
  const idsOf = (field: string, value = '52.520008'): string[] =>
    detectAll(detector, `{"lat":${value}}`, field).map(({ id }) => id)
  for (const field of [
    '$.user.lat',
    '$.customer.location.lat',
    '$.pickup.position.lat',
    '$.lastKnown.lat',
    'user_lat',
  ])
    assert.deepEqual(idsOf(field), ['coordinates'], field)
  for (const field of ['$.lat', '$.store.lat', '$.elements[].lat', '$.user.profile.lat', '$.bounds.lat'])
    assert.deepEqual(idsOf(field), [], field)
  assert.deepEqual(idsOf('$.user.lat', '52.52'), [])
  assert.deepEqual(idsOf('$.user.lat', '252.520008'), [])
})

test('a pair of coordinates is found by its name or a word near by, not in geometry', () => {
  const idsOf = (field: string): string[] =>
    detectAll(detector, '{"x":[13.404954,52.520008]}', field).map(({ id }) => id)
  assert.deepEqual(idsOf('$.gps'), ['coordinates'])
  assert.deepEqual(idsOf('$.features[].geometry.coordinates'), [])
  assertFound([
    ['Standort: 52.520008, 13.404954', 'coordinates'],
    ['GPS 52.520008, 13.404954', 'coordinates'],
    ['took 12.520008, 13.404954 seconds'],
  ])
})

test('passwords, PINs and answers are found where they stand', () => {
  assertFound([
    ['username=jdoe42&password=hunter2', 'username', 'password'],
    ['Passwort: Geheim!23', 'password'],
    ['{"mot_de_passe":"soleil"}', 'password'],
    ['<contraseña>S3cr3t!</contraseña>', 'password'],
    ['{"haslo":"Tr0ub4dor"}', 'password'],
    ['{"pin":4821}', 'pin'],
    ['{"securityAnswer":"Rex"}', 'secret-answer'],
  ])
})

test('what stands for a password, a PIN or a user name in programs and forms is none', () => {
  const texts = [
    'const password = process.env.PASSWORD',
    'function login(password: string, username: string) {}',
    'password: z.string().min(6),',
    'password = getpass.getpass()',
    'passwd: files systemd',
    'PWD=/home/anna/projects',
    "user_pass = '%s:%s'",
    'password:!0,image:!0}',
    'password=$1&username=$2',
    'password: ${{ secrets.PASSWORD }}',
    '{"password":"{{ vault }}","pin":"****"}',
    '{"password":"Passwort","username":"Benutzername"}',
    '{"password":"Contraseña","username":"Gebruikersnaam"}',
    '{"password":"Mot de passe oublié ?"}',
    '{"password":"5f4dcc3b5aa765d61d8327deb882cf99"}',
    'e.exports={password:t,username:n.user,pin:r}',
    '{"pin":13,"pinMode":"OUTPUT"}',
    '{"securityAnswer":"Your answer"}',
    '{"new-password":["text","search","password"]}',
  ]
  for (const text of texts) assert.deepEqual(idsIn(text), [], text)
})

test('whatever stands in a field is judged without harm, and never surely by its value', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 120 }),
    fc.string().map((text) => Buffer.from(text)),
  )
  const ofValues = builtInRecognisers.filter(({ value }) => value !== undefined)
  const property = fc.property(bytes, fc.nat(8), fc.nat(8), (content, before, behind) => {
    const start = Math.min(before, content.length)
    const end = Math.max(start, content.length - behind)
    for (const { id, value } of ofValues) {
      const confidence = value?.(content, start, end) ?? 0
      assert.ok(confidence >= 0 && confidence < 1, id)
    }
  })
  fc.assert(property, { numRuns: fuzzRuns })
})
