import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const fontNames = ['regular', 'bold'] as const
export type FontName = (typeof fontNames)[number]

/** Latin, Greek, Cyrillic, Devanagari: what languages of Europe and many others need. Both have the same characters. */
const fontFiles: Readonly<Record<FontName, string>> = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
}

/** What is used of a font of fontkit's. */
export interface Font {
  readonly unitsPerEm: number
  hasGlyphForCodePoint: (codePoint: number) => boolean
  glyphForCodePoint: (codePoint: number) => { advanceWidth: number }
}

/** Parsed once: the same serve all documents, each of which has a subset of its own. */
const opened = new Map<FontName, Promise<Font>>()

/** A font as pdfkit takes it. */
export function openFont(name: FontName): Promise<Font> {
  const known = opened.get(name) ?? load(name)
  opened.set(name, known)
  return known
}

async function load(name: FontName): Promise<Font> {
  const { create } = await import('fontkit')
  // A file of type .ttf holds one font, not a collection.
  const font = create(readFileSync(createRequire(import.meta.url).resolve(fontFiles[name]))) as Font
  return Object.assign(font, { layout: (text: string) => unshaped(font, text) })
}

/**
 * A glyph for each character. Ligatures and kerning, which fontkit would look up in all tables of a font of 3,000 characters, took 1 ms a
 * word: more than all the rest of a document.
 */
function unshaped(font: Font, text: string) {
  const glyphs = Array.from(text, (character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0))
  const positions = glyphs.map(({ advanceWidth }) => ({
    xAdvance: advanceWidth,
    yAdvance: 0,
    xOffset: 0,
    yOffset: 0,
  }))
  return { glyphs, positions, advanceWidth: glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) }
}
