/** The two directions of a flow: index 0 is what the client sends, 1 what the server sends. */
export const Direction = { toServer: 0, toClient: 1 } as const
export type Direction = (typeof Direction)[keyof typeof Direction]

export function directionName(direction: Direction): 'to-server' | 'to-client' {
  return direction === Direction.toServer ? 'to-server' : 'to-client'
}
