import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { CaptureFeed } from '../../src/packet/capture/feed.ts'
import { CaptureReader } from '../../src/packet/capture/reader.ts'
import { decode } from '../../src/packet/decode.ts'
import { checkPacket, isShown } from '../../src/packet/decode/fixtures.ts'
import { Defragmenter } from '../../src/packet/defragment.ts'
import { captureLimits, defragmentLimits } from '../../src/packet/limits.ts'
import { DecodeStatus, type Packet } from '../../src/packet/packet.ts'
import { corporaCaptures, noCorpora } from '../support/corpora.ts'

/** A summary of each packet of a file that is read in chunks of `chunkBytes`. */
function readAll(
  file: string,
  bytes: Uint8Array,
  chunkBytes: number,
): { packets: string[]; problem: string } {
  const reader = new CaptureReader()
  const defragmenter = new Defragmenter({ heldBytes: 1 << 20 })
  const packets: string[] = []
  const describe = (packet: Packet) => {
    checkPacket(packet, file)
    const fields = [
      packet.protocol,
      packet.sourcePort,
      packet.payloadStart - packet.start,
      packet.payloadLength,
    ]
    packets.push([packet.status, ...(isShown(packet) ? fields : [])].join())
  }
  const feed = new CaptureFeed(reader, {
    packet(packet) {
      assert.ok(packet.end - packet.start <= captureLimits.packetBytes)
      const status = decode(packet)
      describe(packet)
      const whole = status === DecodeStatus.fragment ? defragmenter.add(packet) : undefined
      if (whole === undefined) return
      assert.ok(whole.networkLength <= defragmentLimits.datagramBytes + 40)
      describe(whole)
    },
  })
  for (let at = 0; at < bytes.length; at += chunkBytes) feed.push(bytes.subarray(at, at + chunkBytes))
  const problem = feed.finish()
  assert.ok(problem === undefined || (problem.offset >= 0 && problem.offset <= bytes.length), file)
  assert.ok(defragmenter.heldBytes <= 1 << 20)
  return { packets, problem: JSON.stringify(problem) }
}

test('every capture of the corpora is read to its end, however it is cut', (t) => {
  const files = corporaCaptures()
  if (files.length === 0) {
    t.skip(noCorpora)
    return
  }
  for (const [i, file] of files.entries()) {
    const bytes = readFileSync(file)
    const whole = readAll(file, bytes, bytes.length + 1)
    assert.deepEqual(readAll(file, bytes, 61 + (i % 500)), whole, file)
  }
})

test('capinfos counts as many packets', (t) => {
  const files = corporaCaptures()
  if (files.length === 0) {
    t.skip(noCorpora)
    return
  }
  const { stdout, error } = spawnSync('capinfos', ['-T', '-r', '-M', '-c', ...files], { encoding: 'utf8' })
  if (error !== undefined) {
    t.skip('capinfos is not installed (Debian: wireshark-common)')
    return
  }
  // It leaves out files of link types that it does not know.
  const lines = stdout.trim().split('\n')
  assert.ok(lines.length > files.length * 0.9)
  for (const line of lines) {
    const [file, count] = line.split('\t')
    const reader = new CaptureReader()
    const bytes = readFileSync(file)
    reader.read(bytes, 0, bytes.length, { packet() {} })
    assert.deepEqual([reader.packets, reader.finish()], [Number(count), undefined], basename(file))
  }
})
