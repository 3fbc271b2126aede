import { isLetterOrBeyondAscii } from '../lib/ascii.ts'

/** Words that every text in these languages is full of and that no language of machines has. */
const stopWords = new Set(
  (
    'the of and to a in is it you that he was for on are with as his they be at this have had not but what all were when your can there ' +
    'use an each which she do how their will other about out many then them these some her would like him into has more two so no way could my than been its who now did if we i from by or should why does my me our any only just very because between where while after before than don doesn isn ' +
    'der die das und ist nicht ein eine einen einem mit auf sich auch von zu im den dem des werden wird sind oder wenn man wie kann aber als nach durch aus bei wir ich du er sie es dann noch nur oder zum zur am im vom mehr sehr was wo warum ' +
    'el los las un una unos unas que de en y es por con para como pero del al lo su se esta este puede cuando muy hay sin sobre donde otra otro luego ' +
    'le la les et des une dans est pas pour qui que sur avec ce il elle nous vous ne sont ou peut cette si ' +
    'il di che per non una con sono del della le gli anche come piu o os as um uma do da em para com se mais ' +
    'het een van en dat niet te zijn op voor ook maar met'
  ).split(' '),
)

/** What a text has to have, to be taken for people talking: small words among words, and letters among signs. */
const prose = { stopWords: 3, words: 6, share: 0.2, letters: 0.5 } as const

/**
 * Whether people would have written this for people: enough words between blanks, a good part of them the small words of English,
 * German, Spanish, French, Italian, Portuguese or Dutch. What only looks like an attack then needs to be one that would do harm.
 */
function isProse(lower: string): boolean {
  let words = 0
  let stops = 0
  let letters = 0
  for (let i = 0; i < lower.length;) {
    const start = i
    while (i < lower.length && isLetterOrBeyondAscii(lower.charCodeAt(i))) i++
    if (i === start) {
      i++
      continue
    }
    letters += i - start
    if (!isProseEdge(lower, start - 1) || !isProseEnd(lower, i)) continue
    words++
    if (i - start <= 6 && stopWords.has(lower.slice(start, i))) stops++
  }
  const isEnough = words >= prose.words && stops >= prose.stopWords
  return isEnough && stops >= words * prose.share && letters >= lower.length * prose.letters
}

/** Before a word of prose stands the beginning, a blank, or what opens a quotation. */
function isProseEdge(text: string, at: number): boolean {
  return at < 0 || ' \n\t\r("\'*>_'.includes(text[at])
}

/** Behind it stands the end, a blank or punctuation. */
function isProseEnd(text: string, at: number): boolean {
  return at >= text.length || ' \n\t\r.,;:!?)"\'*<_-'.includes(text[at])
}

/** Finds out whether a text is prose when that first matters, and once. */
export class Talk {
  readonly #lower: string
  #isProse: boolean | undefined

  constructor(lower: string) {
    this.#lower = lower
  }

  get isProse(): boolean {
    this.#isProse ??= isProse(this.#lower)
    return this.#isProse
  }
}
