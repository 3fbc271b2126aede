import type { Language } from '../../model/case-words.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { french } from './fr.ts'
import type { DraftTexts } from './texts.ts'

/** The catalogue of each language. */
export const draftTexts: Readonly<Record<Language, DraftTexts>> = { en: english, de: german, fr: french }
