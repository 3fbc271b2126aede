import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostPortText, parseHostPort } from './host-port.ts'

test('host and port are read as they are written, and anything else is refused', () => {
  const rows: [text: string, host: string, port: number][] = [
    ['controller.example:7441', 'controller.example', 7441],
    ['10.0.0.5:0', '10.0.0.5', 0],
    ['[fd00::5]:65535', 'fd00::5', 65_535],
  ]
  for (const [text, host, port] of rows) {
    assert.deepEqual(parseHostPort(text), { host, port })
    assert.equal(hostPortText({ host, port }), text)
  }
  for (const text of ['', 'a', 'a:', ':1', 'a:65536', 'fd00::5:1', 'https://a:1', 'a b:1', '[]:1'])
    assert.throws(() => parseHostPort(text), { code: 'commander.invalidArgument' }, text)
})
