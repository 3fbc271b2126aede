import { InvalidArgumentError } from 'commander'

/** `HOST:PORT`, an IPv6 address in brackets. */
export interface HostPort {
  host: string
  port: number
}

/** @throws InvalidArgumentError */
export function parseHostPort(text: string): HostPort {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3] ?? Number.NaN)
  if (!match || !(port <= 65_535))
    throw new InvalidArgumentError(
      'Write host and port: controller.example:7441, 10.0.0.5:7441, [fd00::5]:7441.',
    )
  return { host: match[1] ?? match[2], port }
}

/** As it is read. */
export function hostPortText({ host, port }: HostPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
