import type { Draft, DraftItem } from '../privacy/drafts/draft.ts'
import { htmlPage, markup, type Markup } from './html.ts'

/** A draft as a page that can be printed. */
export function draftHtml(draft: Draft): string {
  const { title, language, opening, notice, items, toFill } = draft
  const body = markup`<h1>${title}</h1>
<p class="notice">${notice}</p>
<p>${opening}</p>
${items.map((item) => section(item, toFill))}`
  return htmlPage({ title, language, body })
}

function section({ label, law, text }: DraftItem, toFill: string): Markup {
  const content = text === '' ? markup`<p><span class="missing">${toFill}</span></p>` : paragraphsHtml(text)
  return markup`<section><h2>${label}</h2><p class="law">${law}</p>${content}</section>
`
}

/** Lines, of which those with a dash are a list. */
export function paragraphsHtml(text: string): Markup[] {
  const blocks: { isList: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isList = line.startsWith('- ')
    const last = blocks.at(-1)
    if (last?.isList === isList) last.lines.push(line)
    else blocks.push({ isList, lines: [line] })
  }
  return blocks.map(({ isList, lines }) =>
    isList
      ? markup`<ul>${lines.map((line) => markup`<li>${line.slice(2)}</li>`)}</ul>`
      : markup`${lines.map((line) => markup`<p>${line}</p>`)}`,
  )
}
