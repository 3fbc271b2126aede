import { hashText, hashWord } from '../../judging/word-hash.ts'
import type { Recogniser } from '../../recogniser.ts'
import { isPlaceholder } from '../../values/placeholder.ts'
import { isTemplate } from '../../values/template.ts'
import { shapeOf } from '../../values/value-shape.ts'
import { namesOf } from '../names-of-fields.ts'

/** Words of what forms call it, which an answer has none of. */
const ofForms = new Set(
  'answer answers question questions security secret your antwort frage sicherheitsfrage reponse respuesta pregunta risposta domanda resposta pergunta antwoord vraag odpowiedz pytanie svar fraga required enter memorable word'
    .split(' ')
    .map(hashText),
)

function confidenceOf(bytes: Uint8Array, start: number, end: number): number {
  if (
    end - start < 2 ||
    end - start > 100 ||
    isPlaceholder(bytes, start, end) ||
    isTemplate(bytes, start, end)
  )
    return 0
  const { words, digits, others } = shapeOf(bytes, start, end)
  if (others > 0 || (words === 0 && digits < 2) || words > 8 || isOfForm(bytes, start, end)) return 0
  return 0.08
}

function isOfForm(bytes: Uint8Array, start: number, end: number): boolean {
  let from = start
  for (let i = start; i <= end; i++) {
    const letter = bytes[i] | 0x20
    if (i < end && ((letter >= 0x61 && letter <= 0x7a) || bytes[i] > 0x7f)) continue
    if (i > from && ofForms.has(hashWord(bytes, from, i))) return true
    from = i + 1
  }
  return false
}

export const secretAnswer: Recogniser = {
  id: 'secret-answer',
  name: 'Answer to a security question',
  category: 'credential',
  forms: [],
  value: confidenceOf,
  fieldNames: namesOf(
    'security answer, secret answer, security question answer, secret question answer, recovery answer, challenge answer',
    'memorable word, memorable information, securityanswer, secretanswer',
    'sicherheitsantwort, antwort sicherheitsfrage, geheime antwort, reponse secrete, reponse securite',
    'respuesta secreta, respuesta de seguridad, risposta segreta, risposta di sicurezza, resposta secreta',
    'resposta de seguranca, geheim antwoord, beveiligingsantwoord, tajna odpowiedz, odpowiedz bezpieczenstwa',
    'sakerhetssvar, hemligt svar, sikkerhedssvar, sikkerhetssvar, turvavastaus, tajna odpoved',
  ),
  notFieldNames: namesOf('security answer id, security answer label'),
  contextWords: {},
  mask: () => '****',
  source: 'NIST SP 800-63B section 5.1.1.2 on knowledge of a secret; GDPR Art. 32(1)',
  examples: {
    good: ['Rex', 'Fluffy the cat', 'Smith', 'Grundschule am Park', '1984'],
    bad: [
      '****',
      'null',
      'Your secret answer',
      '${answer}',
      'What is your question?',
      'required',
      '<answer>',
    ],
  },
}
