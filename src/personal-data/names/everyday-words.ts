import { hashText, hashWord } from '../judging/word-hash.ts'

/** Given names that are words of everyday texts, too, where they stand in small letters: English, and those of programs. */
const words = new Set(
  'age amber an angel april art august autumn bill bonnie can carol chance chase christian cliff coral cruz dale daisy dawn daily dean destiny don drew earl edit eve even faith felicity fern flora floor frank gay gene gift glen grace grant green guy harmony harry heath holly hope iris ivy jack jade jasper jean jewel joy june justice lance laurel leaf lee lily long made major mark mars mary mason max may melody mercy merit miles min misty nick noble norm olive page pat patience pearl penny per pierce prudence ray red reed rich rob robin rose ruby rusty said sandy sky sterling stone sue summer sunny tone trinity uri van verity victor violet virginia wade ward west will winter young'
    .split(' ')
    .map(hashText),
)

/** Whether the word in `bytes[start, end)` is one. */
export function isEverydayWord(bytes: Uint8Array, start: number, end: number): boolean {
  return words.has(hashWord(bytes, start, end))
}
