import { maskMiddle } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import type { CodeBounds } from '../../values/code-shape.ts'
import { isCode } from '../../values/code-shape.ts'
import { namesOf } from '../names-of-fields.ts'

const bounds: CodeBounds = { length: [6, 14], digits: [4, 14], letters: [0, 5] }

/** Numbers of cards that no recogniser of a country knows: believed less than any that is checked by something. */
export const identityCardNumber: Recogniser = {
  id: 'identity-card-number',
  name: 'Identity card number',
  category: 'identity',
  forms: [],
  value: (bytes, start, end) => (isCode(bytes, start, end, bounds) ? 0.03 : 0),
  fieldNames: namesOf(
    'identity card number, identity card, identity card no, id card number, id card, id card no, idcard',
    'identity document, identity document number, national identity card, national id card, emirates id, hkid',
    'personalausweis, personalausweisnummer, ausweisnummer, ausweis nr, perso nummer, identitatskarte',
    "carte d'identite, carte d identite, carte identite, numero carte identite, cni, numero cni",
    'documento identidad, documento de identidad, carta d identita, carta identita, numero carta identita',
    'numero documento identita, cartao de identidade, carteira de identidade, bilhete de identidade',
    'identiteitskaart, identiteitskaartnummer, identiteitsbewijs, dowod osobisty, numer dowodu osobistego',
    'id kort, identitetskort, id kort nummer, henkilokortti, henkilokortin numero, obcansky prukaz, cislo op',
    'cislo obcanskeho prukazu, obciansky preukaz, szemelyi igazolvany, szemelyi igazolvany szam, carte de identitate',
    'serie buletin, licna karta, osobna iskaznica, broj osobne iskaznice, osebna izkaznica, kimlik kart, nufus cuzdani',
    'αριθμος ταυτοτητας, δελτιο ταυτοτητας, лична карта, удостоверение личности, 身份证, 身份证号',
  ),
  notFieldNames: namesOf('identity card expiry, identity card type, id card type, id card expiry'),
  contextWords: {},
  mask: (value) => maskMiddle(value, 1, 2),
  source:
    'Regulation (EU) 2019/1157 on identity cards; PRADO, the public register of the Council of the European Union',
  examples: {
    good: ['L01X00T47', '592-1234567-12', 'CA12345AB', 'RK 123456', 'SPECI2014'],
    bad: ['null', '000000000', 'Personalausweis', '12345', '2031-01-01T00:00', 'IDCARD'],
  },
}
