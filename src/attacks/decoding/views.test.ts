import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { traitsOfText } from '../traits.ts'
import { forEachView } from './views.ts'

function viewsOf(text: string): string[] {
  const views: string[] = []
  forEachView(text, traitsOfText(text), (view) => views.push(view.text))
  return views
}

test('each encoding is taken off', () => {
  for (const [sent, read] of [
    ['%27%20or', "' or"],
    ['%2527', "'"],
    ['%25252527', "'"],
    ['%u0027', "'"],
    ['%uff07', "'"],
    ['%c0%af', '/'],
    ['%e0%80%af', '/'],
    ['%f0%80%80%af', '/'],
    ['%C3%A9', 'é'],
    ['%ff', 'ÿ'],
    ['100%', '100%'],
    ['%4', '%4'],
    ['a+b', 'a b'],
    ['&lt;b&gt;', '<b>'],
    ['&#60;&#x3C;&#0000060', '<<<'],
    ['javascript&colon;x', 'javascript:x'],
    ['&unknown;', '&unknown;'],
    ['\\u003cb\\x3e\\u{2f}\\57\\/', '<b>///'],
    ['\\u00', '\\u00'],
    ['\uff1cb\uff1e', '<b>'],
    ['un\0ion', 'union'],
    ['un\u200bion', 'union'],
    ['PHNjcmlwdD54PC9zY3JpcHQ+', '<script>x</script>'],
    ['data:text/html;base64,PHNjcmlwdD54PC9zY3JpcHQ+', '<script>x</script>'],
    ['3c7363726970743e78', '<script>x'],
    ['0x3c7363726970743e', '<script>'],
    ['%26lt%3Bb', '<b'],
    ['\\u0025\\u0032\\u0037', "'"],
    ['%50%48%4e%6a%63%6d%6c%77%64%44%34%3d', '<script>'],
  ])
    assert.ok(viewsOf(sent).includes(read), `${sent}: ${viewsOf(sent).join(' | ')}`)
})

test('what no decoding changes has one view', () => {
  for (const text of [
    '',
    'word',
    'two words',
    "it's",
    '12.5',
    '/a/b.html',
    'd41d8cd98f00b204e9800998ecf8427e',
  ])
    assert.deepEqual(viewsOf(text), [text])
})

test('views are distinct, and bounded in number and depth', () => {
  const nested = `%${'25'.repeat(20)}27`
  const mixed = '&amp;+%26amp%3B+\\u0026amp;\\x2b\0\uff06%252b'.repeat(3)
  for (const text of [nested, mixed]) {
    const views = viewsOf(text)
    assert.ok(views.length <= limits.views)
    assert.equal(new Set(views).size, views.length)
  }
})
