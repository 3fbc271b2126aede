import { open, type FileHandle } from 'node:fs/promises'
import { createReadStream, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { PaviseError } from '../../lib/errors.ts'
import type { CaptureProblem, PacketSink } from '../../packet/capture/capture.ts'
import { CaptureFeed } from '../../packet/capture/feed.ts'
import { captureLimits } from '../../packet/limits.ts'
import { CaptureReader, isGzip } from '../../packet/capture/reader.ts'

/** Bytes read at a time: enough to amortise the call, little enough to stay in the cache. */
const READ_BYTES = 524_288

export class CaptureFileError extends PaviseError<'CAPTURE_NOT_READABLE'> {}

/** Bytes of the file read so far, and of all of it; for a progress bar. */
export type Progress = (read: number, size: number) => void

/** Gives every packet of a capture file to `sink`, gunzipping it where needed. Returns what stopped it before its end. */
export async function readCaptureFile(
  path: string,
  buffer: Uint8Array,
  sink: PacketSink,
  progress: Progress,
): Promise<CaptureProblem | undefined> {
  const file = await openFile(path)
  try {
    const { size } = await file.stat()
    const { bytesRead } = await file.read(buffer, 0, 2, 0)
    if (isGzip(buffer, 0, bytesRead)) return await readCompressed(path, sink)
    return await readPlain(file, buffer, sink, (read) => progress(read, size))
  } catch (error) {
    throw notReadable(path, error)
  } finally {
    await file.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path)
  } catch (error) {
    throw notReadable(path, error)
  }
}

function notReadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  return new CaptureFileError('CAPTURE_NOT_READABLE', `${path} cannot be read: ${error.message}`, {
    cause: error,
    nextStep: 'name a pcap or pcapng file that you may read',
  })
}

async function readPlain(
  file: FileHandle,
  buffer: Uint8Array,
  sink: PacketSink,
  progress: (read: number) => void,
): Promise<CaptureProblem | undefined> {
  const reader = new CaptureReader()
  let filled = 0
  for (let offset = 0; ;) {
    const room = Math.min(READ_BYTES, buffer.length - filled)
    // To wait for a thread that reads takes longer than to read; what waits, output above all, has its turn in between.
    const bytesRead = readSync(file.fd, buffer, filled, room, offset)
    await setImmediate()
    if (bytesRead === 0) return reader.finish()
    offset += bytesRead
    filled += bytesRead
    const consumed = reader.read(buffer, 0, filled, sink)
    buffer.copyWithin(0, consumed, filled)
    filled -= consumed
    progress(offset)
    if (reader.problem !== undefined) return reader.finish()
  }
}

async function readCompressed(path: string, sink: PacketSink): Promise<CaptureProblem | undefined> {
  const feed = new CaptureFeed(new CaptureReader(), sink)
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip())) feed.push(chunk as Uint8Array)
  } catch (error) {
    const problem = feed.finish()
    return (
      problem ?? { code: 'corrupt', offset: 0, reason: `the compressed data is damaged: ${String(error)}` }
    )
  }
  return feed.finish()
}

/** Size of the buffer that `readCaptureFile` needs. */
export const captureBufferBytes = captureLimits.bufferBytes + READ_BYTES
