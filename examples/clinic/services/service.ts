import type { Server } from 'node:net'

/** Says that the service is ready to be used, and ends it with whoever started it. */
export function serve(...servers: Server[]): void {
  endWithParent()
  let left = servers.length
  for (const server of servers) server.on('listening', () => --left === 0 && ready())
}

/** One line on standard output is the sign. */
export function ready(): void {
  process.stdout.write('ready\n')
}

/** Standard input is a pipe that nothing is written to: it ends with the one who holds its other end, however it ends. */
export function endWithParent(): void {
  process.stdin
    .on('end', () => process.exit())
    .on('error', () => process.exit())
    .resume()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit())
}

/** The whole of a body, as text. */
export async function bodyOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
