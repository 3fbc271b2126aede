import { copyBytes } from '../../lib/bytes.ts'
import { PcapngWriter } from '../../packet/capture/pcapng-writer.ts'
import { CaptureReader } from '../../packet/capture/reader.ts'
import { decode } from '../../packet/decode.ts'
import { headersEnd } from '../../packet/headers-end.ts'
import { isReadable } from './recorded-packets.ts'

/** What is written beside packets: section and interfaces. */
const SPARE_BYTES = 64 * 1024
/** A packet of one byte takes 17 in pcap and 36 in pcapng; of all others the ratio is smaller. */
const MOST_GROWTH = 2.2

/**
 * The packets of a file as pcapng; of those that are not inspected their headers.
 *
 * @param name of the interface; @param comments what the file is about
 */
export function rewrittenFile(file: Uint8Array, name: string, comments: string[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(MOST_GROWTH * file.length) + SPARE_BYTES)
  let used = 0
  const write = (from: Uint8Array, start: number, end: number) => {
    copyBytes(from, start, end, bytes, used)
    used += end - start
  }
  const writer = new PcapngWriter({ write }, { application: 'Pavise', comments })
  const interfaces = new Map<number, number>()
  const packet: Parameters<CaptureReader['read']>[3]['packet'] = (each) => {
    const { linkType } = each
    const known = interfaces.get(linkType) ?? writer.addInterface({ linkType, name })
    interfaces.set(linkType, known)
    each.interfaceId = known
    decode(each)
    if (!isReadable(each)) each.end = headersEnd(each)
    writer.packet(each)
  }
  new CaptureReader().read(file, 0, file.length, { packet })
  return bytes.slice(0, used)
}
