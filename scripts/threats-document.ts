import { writeFileSync } from 'node:fs'
import { threatsDocument } from '../src/threats/threats-document.ts'

/** Writes the table of threats that is committed; a test holds it against the code. */
writeFileSync(new URL('../docs/reference/threats.md', import.meta.url), threatsDocument())
