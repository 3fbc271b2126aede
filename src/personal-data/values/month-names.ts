import { extendHash, hashText, letterAt, noWord } from '../judging/word-hash.ts'

/** The months in the larger languages of Europe, in full, in the case that dates use, and short; January first. */
const months = [
  'january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia styczen ledna januar jan jaanuar tammikuuta ianuarie',
  'february feb februar februari fevrier fevr febrero febbraio fevereiro lutego luty unora helmikuuta februarie',
  'march mar marz maart mars marzo março marca marzec brezna maaliskuuta martie mrz',
  'april apr avril avr abril abr aprile kwietnia kwiecien dubna huhtikuuta aprilie',
  'may mai mei mayo maggio mag maio maja maj kvetna toukokuuta',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cervna kesakuuta iunie',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec cervence heinakuuta iulie',
  'august aug augustus aout agosto ago sierpnia sierpien srpna elokuuta',
  'september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien zari syyskuuta septembrie',
  'october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika rijna lokakuuta octombrie',
  'november nov novembre noviembre novembro listopada listopad marraskuuta noiembrie',
  'december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien prosince joulukuuta decembrie',
]

const numbers = new Map<number, number>(
  months.flatMap((names, i) => names.split(' ').map((name): [number, number] => [hashText(name), i + 1])),
)

/** The month, 1 to 12, whose name stands as a word in `bytes[start, end)`; 0 where there is none. */
export function monthNamed(bytes: Uint8Array, start: number, end: number): number {
  let hash = noWord
  for (let at = start; at <= end;) {
    const letter = at < end ? letterAt(bytes, at, end) : 0
    if (letter !== 0) {
      hash = extendHash(hash, letter)
      at += bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
      continue
    }
    const month = numbers.get(hash)
    if (month !== undefined) return month
    hash = noWord
    at++
  }
  return 0
}
