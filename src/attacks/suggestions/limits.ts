/** When something that is told of as an attack is likely none, and how much is kept while that is found out. */
export const suggestionLimits = {
  /** Requests, and clients that sent them, from which on it looks like what an application does. */
  requests: 5,
  clients: 3,
  /** Places that one client was told of at, from which on it is somebody who tries what there is: its requests say nothing. */
  proberPlaces: 4,
  /** Places of requests that are told apart; clients of one, and samples of it. */
  places: 2_000,
  clientsOfPlace: 1_000,
  samples: 3,
  /** Suggestions that are made, those that are seen most. */
  suggestions: 100,
} as const
