import { writeFileSync } from 'node:fs'
import { attackRulesDocument } from '../src/attacks/rules-document.ts'

/** Writes the rules of attacks that are committed; a test holds them against the code. */
writeFileSync(new URL('../docs/reference/attack-rules.md', import.meta.url), attackRulesDocument())
