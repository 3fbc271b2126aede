import type { Match } from '../../../scan/scanner.ts'
import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { codeShapeOf } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const digits = 12
const octets = new Uint8Array(digits / 2)

/** Assigned to makers of virtual machines: nobody carries these. VMware, Microsoft, VirtualBox, Xen, Parallels. */
const virtualMakers: ReadonlySet<number> = new Set([
  0x000569, 0x000c29, 0x001c14, 0x005056, 0x00155d, 0x0003ff, 0x080027, 0x0a0027, 0x00163e, 0x001c42,
])

/** To a group: the lowest bit of the first octet. Given by no maker, but by a system, at random or to a container: the next. */
const group = 1
const local = 2

function readOctets(bytes: Uint8Array, start: number, end: number): void {
  let count = 0
  for (let i = start; i < end; i++) {
    const value = hexValue(bytes[i])
    if (value < 0) continue
    octets[count >> 1] = (octets[count >> 1] << 4) | value
    count++
  }
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 6 ? letter + 10 : -1
}

/** Of one device, as its maker gave it: not of a longer row of octets, as keys and iptables have, nor made by a system. */
function isOfDevice({ bytes, start, end, from, to }: Match): boolean {
  if (start > from && isSeparator(bytes[start - 1])) return false
  if (end < to && isSeparator(bytes[end]) && hexValue(bytes[end + 1]) >= 0) return false
  if (codeShapeOf(bytes, start, end).different < 3) return false
  readOctets(bytes, start, end)
  const maker = (octets[0] << 16) | (octets[1] << 8) | octets[2]
  return (octets[0] & (group | local)) === 0 && !virtualMakers.has(maker)
}

function isSeparator(byte: number): boolean {
  return byte === 0x3a || byte === 0x2d || byte === 0x2e
}

const octet = '[0-9A-Fa-f]{2}'
const four = '[0-9A-Fa-f]{4}'

/**
 * Logs of networks are full of them, and most are of switches and servers: only the field's own name or the label before it
 * makes one a device of somebody. Those that systems make up, as telephones do for each network, change and count as none.
 */
export const macAddress: Recogniser = {
  id: 'mac-address',
  name: 'MAC address',
  category: 'online',
  forms: [
    { expression: `${octet}(?::${octet}){5}`, confidence: 0.3, fieldOnly: true },
    { expression: `${octet}(?:-${octet}){5}`, confidence: 0.3, fieldOnly: true },
    { expression: `${four}\\.${four}\\.${four}`, confidence: 0.2, fieldOnly: true },
  ],
  check: isOfDevice,
  fieldNames: namesOf(
    'mac address, mac, mac addr, macaddress, device mac, wifi mac, wlan mac, client mac, bluetooth mac, bluetooth address',
    'bd addr, hardware address, hw address, hwaddr, ethernet address, station mac, phone mac, calling station id',
    'mac adresse, adresse mac, direccion mac, indirizzo mac, endereco mac, mac adres, adres mac, mac adress, mac osoite',
  ),
  notFieldNames: namesOf(
    'src mac, dst mac, source mac, destination mac, gateway mac, bridge mac, router mac, server mac, switch mac, virtual mac',
    'interface mac, vm mac, multicast mac, peer mac, ap mac, bssid, sender mac, target mac, port mac, chassis mac',
  ),
  contextWords: {},
  mask: (value) => maskMiddle(value, 4, 0),
  source:
    'IEEE 802-2014 section 8; CNIL and Article 29 Working Party, Opinion 13/2011 on geolocation, on MAC addresses',
  examples: {
    good: ['3C:22:FB:12:AB:9E', 'a4-83-e7-2d-10-c4', 'f0:18:98:aa:3c:07', '001b.63aa.bb0c'],
    bad: [
      '00:00:00:00:00:00',
      'ff:ff:ff:ff:ff:ff',
      '01:00:5e:00:00:fb',
      '02:42:ac:11:00:02',
      '52:54:00:12:34:56',
      '00:50:56:ab:cd:ef',
      '12:34:56',
      '3C:22:FB:12:AB:9E:77:01',
    ],
  },
}
