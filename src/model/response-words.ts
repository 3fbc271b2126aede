/** What a response rule can be about, by NeuVector's names. */
export const responseEvents = [
  'event',
  'security-event',
  'cve-report',
  'compliance',
  'admission-control',
] as const
export type ResponseEvent = (typeof responseEvents)[number]

/** NeuVector's actions, then ours. */
export const neuvectorActions = ['quarantine', 'suppress-log', 'webhook'] as const
export const responseActions = [...neuvectorActions, 'capture', 'kill-process', 'open-case'] as const
export type ResponseAction = (typeof responseActions)[number]

/** Those that do something; the other one leaves something out. */
export type ActiveResponse = Exclude<ResponseAction, 'suppress-log'>

/** From the gravest on, as RFC 5424 section 6.2.1 orders them. */
export const eventLevels = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Info',
  'Debug',
] as const
export type EventLevel = (typeof eventLevels)[number]
