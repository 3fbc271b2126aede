import { limits } from '../limits.ts'
import { Trait, traitsOfText } from '../traits.ts'
import { decodeEncoded } from './encoded.ts'
import { decodeEntities } from './entities.ts'
import { decodeEscapes } from './escapes.ts'
import { foldForms } from './fold.ts'
import { decodePercent } from './percent.ts'

/** A text as it was sent, or after decodings. */
export interface DecodedText {
  readonly text: string
  /** Bits of `traits.ts`. */
  readonly traits: number
  /** How many decodings were taken off. */
  readonly decoded: number
}

/** Each looks at texts that have all of these traits; 0 is any. */
const decodings: readonly { readonly traits: number; readonly decode: (text: string) => string }[] = [
  { traits: Trait.percent, decode: decodePercent },
  { traits: Trait.ampersand | Trait.letter, decode: decodeEntities },
  { traits: Trait.ampersand | Trait.hash, decode: decodeEntities },
  { traits: Trait.backslash, decode: decodeEscapes },
  { traits: Trait.high, decode: foldForms },
  { traits: Trait.control, decode: foldForms },
  { traits: Trait.plus, decode: spacesForPlus },
]

/** One of these is among the traits of every decoding. */
const DECODABLE = Trait.percent | Trait.ampersand | Trait.backslash | Trait.high | Trait.control | Trait.plus

/** In a form that is a value itself. */
function spacesForPlus(text: string): string {
  return text.length > limits.longText ? text : text.replaceAll('+', ' ')
}

/** What a value that is nothing but base64 or hexadecimal digits may have. */
const ENCODED = Trait.letter | Trait.digit | Trait.plus | Trait.slash | Trait.minus | Trait.equals

/** Whether there is nothing to be decoded in a text, as in most. */
export function isReadAsSent(text: string, traits: number): boolean {
  return (traits & DECODABLE) === 0 && (traits & ~ENCODED) !== 0 && !text.startsWith('data:')
}

/**
 * Gives a text as it is, then as targets may read it: with one, two, … decodings taken off. Each distinct text once; `limits.views` of
 * them, `limits.decodings` deep.
 */
export function forEachView(text: string, traits: number, give: (view: DecodedText) => void): void {
  const asSent: DecodedText = { text, traits, decoded: 0 }
  if (isReadAsSent(text, traits)) {
    give(asSent)
    return
  }
  const views = [asSent]
  for (let i = 0; i < views.length; i++) {
    const view = views[i]
    give(view)
    if (view.decoded >= limits.decodings) continue
    for (const { traits: needed, decode } of decodings)
      if ((view.traits & needed) === needed) add(views, view, decode(view.text))
    if ((view.traits & ~ENCODED) === 0 || (i === 0 && text.startsWith('data:')))
      add(views, view, decodeEncoded(view.text))
  }
}

function add(views: DecodedText[], from: DecodedText, text: string): void {
  if (
    text === from.text ||
    views.length >= mostViews(views[0].text) ||
    views.some((view) => view.text === text)
  )
    return
  views.push({ text, traits: traitsOfText(text), decoded: from.decoded + 1 })
}

/** A long text has few views: what has to be done for a request grows with both. */
function mostViews(text: string): number {
  return text.length > limits.longText ? limits.viewsOfLongText : limits.views
}
