import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Channel } from '../notify/notice.ts'
import { syslogChannel } from '../notify/syslog.ts'
import { webhookChannel } from '../notify/webhook.ts'

export interface NotifyFlags {
  notifyWebhook: string[]
  notifySyslog: string[]
  responseWebhook: string[]
  casePersons: number | null
}

/** Who is told of the clocks of breach cases, and which cases open by themselves. */
export interface NotifyChoice {
  channels: readonly Channel[]
  casePersons: number | null
}

export function addNotifyOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--notify-webhook <url...>', 'told of the clocks of breach cases, as JSON')
        .env('PAVISE_NOTIFY_WEBHOOK')
        .argParser(collect(['http:', 'https:']))
        .default([], 'none'),
    )
    .addOption(
      new Option('--notify-syslog <url...>', 'the same as RFC 5424: udp://host:514, tcp://host:601')
        .env('PAVISE_NOTIFY_SYSLOG')
        .argParser(collect(['udp:', 'tcp:']))
        .default([], 'none'),
    )
    .addOption(
      new Option('--response-webhook <name=url...>', 'told, as JSON, of what response rules send it by name')
        .env('PAVISE_RESPONSE_WEBHOOK')
        .argParser(toNamed)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--case-persons <number>',
        'personal data of so many persons that leaves a workload in the clear opens a case',
      )
        .env('PAVISE_CASE_PERSONS')
        .argParser(toPersons)
        .default(null, 'none'),
    )
}

export function notifyChoice(flags: NotifyFlags): NotifyChoice {
  const { notifyWebhook, notifySyslog, responseWebhook, casePersons } = flags
  const named = responseWebhook.map((text) => {
    const end = text.indexOf('=')
    return webhookChannel(text.slice(end + 1), text.slice(0, end))
  })
  const channels = [
    ...notifyWebhook.map((url) => webhookChannel(url)),
    ...notifySyslog.map(syslogChannel),
    ...named,
  ]
  return { channels, casePersons }
}

const toUrl = collect(['http:', 'https:'])

function toNamed(text: string, known: unknown): string[] {
  const [, name, url] = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})=(.*)$/s.exec(text) ?? []
  if (name === undefined)
    throw new InvalidArgumentError('It is a name, = and the address: siem=https://siem.example/hook.')
  toUrl(url, [])
  return [...(Array.isArray(known) ? (known as string[]) : []), text]
}

function collect(protocols: readonly string[]) {
  return (text: string, known: unknown): string[] => {
    const url = URL.parse(text)
    const isWhole =
      url !== null && protocols.includes(url.protocol) && (url.protocol.startsWith('http') || url.port !== '')
    if (!isWhole)
      throw new InvalidArgumentError(
        `It is an address with ${protocols.join(' or ')}, and a port where that is no web address.`,
      )
    return [...(Array.isArray(known) ? (known as string[]) : []), text]
  }
}

function toPersons(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number of persons from 1 on.')
}
