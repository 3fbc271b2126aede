import { parseAddress } from '../../../lib/ip.ts'
import { SecLangError } from '../problem.ts'
import type { Operator, OperatorFactory } from './operator.ts'

interface Network {
  bytes: Uint8Array
  prefix: number
}

/** The value is an address in one of the networks: `10.0.0.0/8,::1`. */
export const ipMatch: OperatorFactory = (argument) => inNetworks(argument.split(','))

/** Networks, one a line. */
export const ipMatchFromFile: OperatorFactory = (argument, source) =>
  inNetworks(
    source
      .readData(argument.trim())
      .split('\n')
      .map((line) => line.replace(/#.*/, '')),
  )

function inNetworks(texts: readonly string[]): Operator {
  const networks = texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(networkOf)
  return (value) => {
    const address = parseAddress(value)
    return address !== undefined && networks.some((network) => isIn(address, network))
  }
}

function networkOf(text: string): Network {
  const [host, length] = text.split('/')
  const bytes = parseAddress(host)
  const prefix = length === undefined ? (bytes?.length ?? 0) * 8 : Number(length)
  if (bytes === undefined || !(prefix >= 0 && prefix <= bytes.length * 8))
    throw new SecLangError(`"${text}" is no address and no network: write 10.0.0.0/8`)
  return { bytes, prefix }
}

function isIn(address: Uint8Array, { bytes, prefix }: Network): boolean {
  if (address.length !== bytes.length) return false
  for (let bit = 0; bit < prefix; bit += 8) {
    const mask = prefix - bit >= 8 ? 0xff : (0xff << (8 - (prefix - bit))) & 0xff
    if (((address[bit >> 3] ^ bytes[bit >> 3]) & mask) !== 0) return false
  }
  return true
}
