import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FlowDetails, TlsDetails } from '../../src/model/records.ts'
import { tlsProtocol } from '../../src/protocols/tls/index.ts'
import { parseStreams } from '../support/capture-streams.ts'
import { corporaFolder, noCorpora } from '../support/corpora.ts'
import { RecordingSink } from '../support/recording-sink.ts'

type Expected = [ja3: string[], ja3s: string[], names: string[]]

/** What tshark 4.0 says of these captures' hellos: fingerprints of clients and servers, names of servers, each once. */
const CAPTURES: Record<string, Expected> = {
  'long_tls_certificate.pcap': [
    ['2a26b1a62e40d25d4de3babc9d532f30'],
    ['eee3d2bf5f17d17548ac36ba1872951f'],
    ['beacon-api.aliyuncs.com'],
  ],
  'tls_1.2_unidirectional_client_no_cert.pcapng': [
    ['9b02ebd3a43b62d825e1ac605b621dc8'],
    [],
    ['sb.adtidy.org'],
  ],
  'tls_1.2_unidirectional_server_no_cert.pcapng': [[], ['5badad76fbdd6e8b6296e2e9f4024401'], []],
  'tls_1.3_unidirectional_server.pcapng': [[], ['2b0648ab686ee45e0e7c35fcfb0eea7e'], []],
  'tls_2_reasms.pcapng': [
    ['44dab16d680ef93487bc16ad23b3ffb1'],
    ['fcb2d4d0991292272fcb1e464eedfd43'],
    ['i.instagram.com'],
  ],
  'tls_2_reasms_b.pcapng': [
    ['44dab16d680ef93487bc16ad23b3ffb1'],
    ['fcb2d4d0991292272fcb1e464eedfd43'],
    ['video.fmct2-3.fna.fbcdn.net'],
  ],
  'tls_alert.pcap': [['d78489b860c8bf7838a6ff0b4d131541'], [], ['www.google-analytics.com']],
  'tls_certificate_too_long.pcap': [
    ['656b9a2f4de6ed4909e157482860ab3d'],
    ['17e97216fa7f4ec8c43090c6eed97c25'],
    ['wdcp.microsoft.com'],
  ],
  'tls_client_certificate_with_missing_server_one.pcapng': [
    ['201999283915cc31cee6b15472ef3332', '29b5a018fa5992fe23560c16af0dc9fc'],
    ['e58f0b3c1e9eefb8ee4f92aeceee5858'],
    [],
  ],
  'tls_ech.pcapng': [
    ['6820f114cf3b0809ffdcb30cb277848a'],
    ['eb1d94daa7e0344597e756a1fb6e7054'],
    ['performance.radar.cloudflare.com'],
  ],
  'tls_long_cert.pcap': [
    ['66918128f1b9b03303d77c6f2eefd128'],
    ['35af4c8cd9495354f7d701ce8ad7fd2d'],
    ['www.repubblica.it'],
  ],
  'tls_malicious_sha1.pcapng': [
    ['00bcd759cb8ad485fdbf1e7a0c5b94b4'],
    ['e2bc06b738d7e5d2b0cec5d2196b1d80'],
    ['www.prbtest.dev'],
  ],
  'tls_torrent.pcapng': [
    ['fd80fa9c6120cdeea8520510f3c644ac'],
    ['6f84bbe9810ec4ea9061cc1a02eaf83c'],
    ['web.utorrent.com'],
  ],
}

test('hellos have the fingerprints that tshark gives them', async (t) => {
  const folder = corporaFolder('protocols/pcap')
  if (folder === undefined) return t.skip(noCorpora)
  for (const [file, expected] of Object.entries(CAPTURES)) {
    await t.test(file, () => assert.deepEqual(read(join(folder, file)), expected))
  }
})

function read(file: string): Expected {
  const told = parseStreams(file, tlsProtocol, () => new RecordingSink()).map(({ parser }): TlsDetails => {
    const details: FlowDetails = {}
    parser.describe(details)
    return details.tls ?? {}
  })
  const distinct = (of: (details: TlsDetails) => string | undefined) =>
    [...new Set(told.map(of).filter((value) => value !== undefined))].toSorted()
  return [distinct(({ ja3 }) => ja3), distinct(({ ja3s }) => ja3s), distinct(({ sni }) => sni)]
}
