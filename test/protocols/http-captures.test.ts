import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import type { FlowDetails } from '../../src/model/records.ts'
import { httpProtocol } from '../../src/protocols/http/index.ts'
import { parseStreams } from '../support/capture-streams.ts'
import { corporaFolder, noCorpora } from '../support/corpora.ts'
import { RecordingSink } from '../support/recording-sink.ts'

type Expected = [requests: number, statuses: Record<string, number>, anomalies: string[], bodyBytes: number]

/**
 * Requests and statuses as tshark 4.0 counts them, but for what it does not take for HTTP: lines without a version,
 * HTTP on other ports, statuses behind a gap. Anomalies and decoded body bytes are this parser's own.
 */
const CAPTURES: Record<string, Expected> = {
  'http-100-continue.pcap': [1, { '100': 1, '200': 1 }, [], 62732],
  'http-basic-auth-with-colon.pcap': [1, { '200': 1 }, [], 643],
  'http-bro.org.pcap': [31, { '200': 31 }, ['http-body-gap'], 435335],
  'http-connect-with-header.pcap': [1, { '200': 1 }, [], 0],
  'http-connect-with-smtp.pcap': [1, { '200': 1 }, ['http-space-in-target', 'http-field-without-colon'], 0],
  'http-content-length-in-request-body.pcap': [2, { '200': 2 }, [], 165],
  'http-content-length-overflow.pcap': [1, { '200': 1 }, [], 100],
  'http-content-range-gap.pcap': [1, { '206': 1 }, ['http-body-gap'], 8973],
  'http-curl_http_09.pcap': [1, {}, ['http-unexpected-data'], 0],
  'http-deeply-nested-mime.pcap': [1, { '501': 1 }, [], 40183],
  'http-docker-http-upgrade.pcap': [6, { '101': 1, '200': 3, '201': 1, '204': 1 }, [], 1837],
  'http-entity_gap.pcap': [1, { '200': 1 }, ['http-body-gap'], 3257],
  'http-fake-content-length.pcap': [1, { '200': 1 }, [], 14],
  'http-flash-version.pcap': [1, { '200': 1 }, [], 59209],
  'http-get-gzip.pcap': [1, { '200': 1 }, [], 197],
  'http-get-to-ssh-server.pcap': [1, {}, ['http-unexpected-data'], 0],
  'http-get.pcap': [1, { '200': 1 }, [], 4705],
  'http-get_nosyn.pcap': [1, { '200': 1 }, [], 4705],
  'http-http-09-content-length-confusion.pcap': [1, { '200': 1 }, ['http-version-0-9'], 19],
  'http-http-bad-content-range-01.pcap': [1, { '206': 1 }, [], 16],
  'http-http-desync-request-response-5.pcap': [5, { '200': 7 }, ['http-response-without-request'], 133],
  'http-http-filename.pcap': [1, { '200': 1 }, [], 191],
  'http-http-lower-case-nonstandard-port.pcap': [1, { '200': 1 }, ['http-version-invalid'], 0],
  'http-http-single-conn-22.pcap': [1, { '200': 1 }, ['http-missing-host'], 12630],
  'http-methods.pcap': [
    19,
    { '200': 5, '400': 30, '403': 1, '405': 8, '411': 5 },
    [
      'http-bare-lf',
      'http-version-invalid',
      'http-target-missing',
      'http-data-after-close',
      'http-unexpected-data',
      'http-version-0-9',
    ],
    172200,
  ],
  'http-multipart-form-data.pcap': [1, {}, [], 767],
  'http-no-uri.pcap': [1, { '200': 1 }, ['http-target-missing'], 4705],
  'http-no-version.pcap': [1, {}, ['http-version-0-9'], 323],
  'http-percent-end-of-line.pcap': [2, { '400': 2 }, [], 600],
  'http-post.pcap': [1, { '200': 1 }, [], 377],
  'http-proxy.pcap': [1, { '200': 1 }, [], 15961],
  'http-putty-upload.pcap': [2, { '200': 2 }, [], 82080],
  'http-smuggle-http-request.pcap': [2, { '200': 2 }, [], 135],
  'http-testmyids.pcap': [1, { '200': 1 }, [], 39],
  'http-version-mismatch.pcap': [2, { '200': 2 }, [], 13376],
  'http-vnd.ms-cab-compressed-multi-conn.pcap': [5, { '206': 5 }, [], 39618],
  'http-websocket.pcap': [1, { '101': 1 }, [], 0],
  'http-x-gzip.pcap': [1, { '200': 1 }, [], 19],
  'http-zeek-image-post-1080-8000-x.pcap': [1, { '200': 1 }, [], 5853],
  'http-zero-length-bodies-with-drops.pcap': [7, { '200': 6, '302': 2 }, [], 0],
  'websocket-broker-websocket.pcap': [1, { '101': 1 }, [], 0],
  'websocket-fragmented-http-reply.pcap': [1, { '101': 1 }, [], 0],
  'websocket-jupyter-websocket.pcap': [1, { '101': 1 }, [], 0],
  'websocket-message-too-big-status.pcap': [1, { '101': 1 }, [], 0],
  'websocket-oversized-close-frame.pcapng': [1, { '101': 1 }, [], 0],
  'websocket-reply-ping-coalesced.pcap': [1, { '101': 1 }, [], 0],
  'websocket-reply-ping-separate.pcap': [1, { '101': 1 }, [], 0],
  'websocket-two-binary-fragments.pcap': [1, { '101': 1 }, [], 0],
  'websocket-wstunnel-https.pcap': [1, { '101': 1 }, [], 0],
}

test('real connections are read as tshark reads them', async (t) => {
  const folder = corporaFolder('transcripts')
  if (folder === undefined) return t.skip(noCorpora)
  for (const [file, expected] of Object.entries(CAPTURES)) {
    await t.test(file, () => assert.deepEqual(read(join(folder, file)), expected))
  }
})

function read(file: string): Expected {
  const sinks: RecordingSink[] = []
  const makeSink = () => {
    sinks.push(new RecordingSink())
    return sinks[sinks.length - 1]
  }
  const details: FlowDetails = {}
  for (const { parser } of parseStreams(file, httpProtocol, makeSink)) parser.describe(details)
  const bodies = sinks.flatMap((sink) => sink.events).filter((event) => event.place === 'http.body')
  const bodyBytes = bodies.reduce((sum, body) => sum + body.text.length, 0)
  const { requests = 0, statuses = {}, anomalies = [] } = details.http ?? {}
  return [requests, statuses, anomalies, bodyBytes]
}
