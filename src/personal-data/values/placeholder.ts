import { hashText, hashWord } from '../judging/word-hash.ts'

/** Written where there is nothing to write; lower case, letters only. */
const placeholders = new Set(
  'null nil none nan true false undefined unknown empty missing na nv tba tbd todo test tests testing example sample demo default string number value text name nom nome nombre naam firstname lastname fullname address street city diagnosis user admin root guest anonymous anonym unbekannt keine kein inconnu aucun desconocido ninguno sconosciuto nessuno onbekend geen brak redacted masked hidden deleted removed private confidential yes no ja nein oui non si'
    .split(' ')
    .map(hashText),
)

/** Whether a value only stands in the place of one: `null`, `N/A`, `unknown`. */
export function isPlaceholder(bytes: Uint8Array, start: number, end: number): boolean {
  return placeholders.has(hashWord(bytes, start, end))
}
