import type { Draft } from '../privacy/drafts/draft.ts'
import { literal } from './markdown.ts'

/** As a document in Markdown; what is missing is marked. */
export function draftMarkdown({ title, opening, notice, toFill, items }: Draft): string {
  const sections = items.map(
    ({ law, label, text }) => `## ${label}\n\n*${law}*\n\n${text === '' ? `**${toFill}**` : literal(text)}\n`,
  )
  return `# ${title}\n\n> ${notice}\n\n${opening}\n\n${sections.join('\n')}`
}
