/** Where a part says what a person running it should know. Text only; never a value taken from traffic unmasked. */
export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

export const silentLog: Log = () => undefined
