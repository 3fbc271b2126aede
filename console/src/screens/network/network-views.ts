/** Views of the network by their name in the address: what stands on their tabs. */
export const networkViews = {
  '': 'Map',
  groups: 'Groups',
  rules: 'Rules',
  review: 'Learned',
  simulate: 'Try',
  history: 'History',
  quarantine: 'Quarantine',
  responses: 'Responses',
  captures: 'Captures',
} as const
export type NetworkView = keyof typeof networkViews

export function isNetworkView(name: string): name is NetworkView {
  return Object.hasOwn(networkViews, name)
}
