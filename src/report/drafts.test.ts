import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { type Entry, fromBufferPromise } from 'yauzl'
import type { Draft } from '../privacy/drafts/draft.ts'
import { draftDocument } from './draft-blocks.ts'
import { draftHtml } from './draft-html.ts'
import { draftMarkdown } from './draft-markdown.ts'
import { docx } from './docx.ts'

const draft: Draft = {
  ...{ kind: 'subjects', language: 'de', title: 'Titel <b>', case: 'case-2026-0001', opening: 'Anrede' },
  ...{ notice: 'Ein Entwurf & mehr', toFill: '[auszufüllen]', missing: ['Kontakt'] },
  items: [
    { part: 'told-what', law: 'Art. 34', label: 'Was', text: 'Zeile\n- eins <script>\n- zwei\u0000\nEnde' },
    { part: 'told-contact', law: 'Art. 34', label: 'Kontakt', text: '' },
  ],
}

suite('drafts as documents', () => {
  test('a page loads nothing, and shows what was named as text', () => {
    const page = draftHtml(draft)
    assert.match(page, /<html lang="de">/)
    assert.match(page, /default-src 'none'/)
    assert.match(page, /<ul><li>eins &#60;script&#62;<\/li><li>zwei\0<\/li><\/ul>/)
    assert.match(page, /<span class="missing">\[auszufüllen\]<\/span>/)
    assert.doesNotMatch(page, /<script|<b>|https?:/)
  })

  test('a document of Word holds the same, as XML that is well-formed', async () => {
    const bytes = await docx(draftDocument(draft))
    const files = new Map<string, string>()
    const zip = await fromBufferPromise(bytes, { lazyEntries: true })
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)))
    }
    const document = files.get('word/document.xml') ?? ''
    assert.match(document, /<w:pStyle w:val="ListBullet"\/>.*eins &#60;script&#62;/)
    assert.match(document, /<w:pStyle w:val="Missing"\/>.*\[auszufüllen\]/)
    assert.doesNotMatch(document, /\0|<script/)
    assert.match(files.get('word/styles.xml') ?? '', /w:lang w:val="de"/)
    for (const [name, content] of files) assert.ok(isBalanced(content), name)
    assert.deepEqual(await docx(draftDocument(draft)), bytes, 'the same content gives the same bytes')
  })

  test('Markdown marks what is missing, and nothing in a text is markup', () => {
    assert.match(draftMarkdown(draft), /- eins \\<script>/)
    assert.match(draftMarkdown(draft), /## Kontakt\n\n\*Art\. 34\*\n\n\*\*\[auszufüllen\]\*\*/)
  })
})

/** Each element is closed where it has to be. */
function isBalanced(xml: string): boolean {
  const open: string[] = []
  for (const [, isEnd, name, isEmpty] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (isEnd === '/' && open.pop() !== name) return false
    if (isEnd === '' && isEmpty === '') open.push(name)
  }
  return open.length === 0
}
