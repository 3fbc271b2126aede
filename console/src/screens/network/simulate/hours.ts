/** Over how long what was seen is tried on: flows are kept for days, and a trial reads all of them. */
export const hoursChoices = {
  '1': 'the last hour',
  '6': 'the last 6 hours',
  '24': 'the last 24 hours',
  '168': 'the last 7 days',
} as const

/** What the address says, a day where it says nothing that can be chosen. */
export function hoursOf(text: string | undefined): number {
  return text !== undefined && Object.hasOwn(hoursChoices, text) ? Number(text) : 24
}
