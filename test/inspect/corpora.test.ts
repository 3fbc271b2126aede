import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { Engine } from '../../src/inspect/engine.ts'
import { builtInProtocols } from '../../src/inspect/protocols.ts'
import { CaptureReader } from '../../src/packet/capture/reader.ts'
import type { PersonalDataDetector } from '../../src/personal-data/detector.ts'
import { compileRecognisers } from '../../src/personal-data/compile.ts'
import { corporaCaptures, noCorpora } from '../support/corpora.ts'

/** Inspects a whole capture; every record is made, as `--json` would. */
function inspect(bytes: Uint8Array, detector: PersonalDataDetector) {
  let flows = 0
  let counted = 0
  const options = {
    protocols: builtInProtocols,
    detector,
    hashKey: Buffer.alloc(32, 1),
    seed: [1, 2] as const,
  }
  const engine = new Engine(options, {
    flow(view) {
      const record = view.record()
      flows++
      counted += record.packetsToServer + record.packetsToClient
      for (const finding of view.findings()) assert.ok(finding.count >= finding.distinct)
    },
  })
  const reader = new CaptureReader()
  reader.read(bytes, 0, bytes.length, engine)
  reader.finish()
  engine.close()
  return { flows, counted, left: engine.flows.size, packets: engine.counters.packets, read: reader.packets }
}

test('every capture of the corpora is inspected to its end, and each flow is told once', (t) => {
  const captures = corporaCaptures()
  if (captures.length === 0) {
    t.skip(noCorpora)
    return
  }
  const detector = compileRecognisers()
  for (const file of captures) {
    const seen = inspect(readFileSync(file), detector)
    assert.equal(seen.packets, seen.read, basename(file))
    assert.equal(seen.left, 0, basename(file))
    assert.ok(seen.counted <= seen.packets, basename(file))
  }
})
