import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const religion: Recogniser = termRecogniser({
  id: 'religion',
  name: 'Religion or belief',
  category: 'special',
  fieldNames: {
    en: 'religion, religion code, religious belief, religious beliefs, religious affiliation, religious denomination, religious preference, religious community, church membership, church tax, philosophical belief, philosophical beliefs',
    de: 'konfession, konfessionszugehörigkeit, religionszugehörigkeit, religionsgemeinschaft, glaubensbekenntnis, glaubensrichtung, weltanschauung, kirchensteuer, kirchensteuermerkmal, kirchenzugehörigkeit, kirchenmitgliedschaft',
    fr: 'confession religieuse, croyance religieuse, croyances religieuses, conviction religieuse, convictions religieuses, appartenance religieuse',
    es: 'religión, creencia religiosa, creencias religiosas, confesión religiosa, convicciones religiosas, afiliación religiosa',
    it: 'religione, confessione religiosa, credo religioso, appartenenza religiosa, convinzioni religiose',
    nl: 'godsdienst, religie, geloof, geloofsovertuiging, levensovertuiging, kerkgenootschap',
    pl: 'religia, wyznanie, wyznanie religijne, przynależność wyznaniowa, przekonania religijne',
    pt: 'religião, crença religiosa, crenças religiosas, confissão religiosa',
    sv: 'trossamfund, trosuppfattning, religionstillhörighet, religiös tillhörighet, religiös övertygelse',
  },
  // Denominations are those of notes and stamps, too.
  vagueFieldNames: { all: 'faith, denomination, confession, glaube, croyance, credo' },
  notFieldNames: { en: 'religion id, good faith, bad faith' },
  terms: {
    en: `catholic, roman catholic, christian, protestant, evangelical, lutheran, anglican, church of england, episcopalian,
      methodist, baptist, presbyterian, pentecostal, calvinist, reformed, orthodox, greek orthodox, russian orthodox,
      eastern orthodox, coptic, quaker, mennonite, amish, mormon, latter day saints, jehovah's witness, jehovah's witnesses,
      adventist, salvation army, muslim, islam, islamic, sunni, shia, shiite, sufi, alevi, ahmadi, ismaili, jewish, judaism,
      jew, orthodox jewish, hindu, hinduism, buddhist, buddhism, sikh, sikhism, jain, jainism, taoist, taoism, confucian,
      shinto, bahai, zoroastrian, yazidi, druze, rastafarian, pagan, wicca, atheist, atheism, agnostic, humanist, secular,
      no religion, not religious, non religious, nonreligious, undenominational, church of scotland, christianity, catholicism`,
    de: 'katholisch, römisch katholisch, röm kath, rk, evangelisch, evangelisch lutherisch, ev luth, ev, evangelisch reformiert, altkatholisch, protestantisch, lutherisch, freikirchlich, freireligiös, neuapostolisch, christlich, orthodox, muslimisch, islamisch, sunnitisch, schiitisch, alevitisch, jüdisch, hinduistisch, buddhistisch, konfessionslos, ohne konfession, ohne bekenntnis, bekenntnislos, atheistisch, zeugen jehovas, keine konfession',
    fr: 'catholique, protestant, protestante, chrétien, chrétienne, évangélique, luthérien, orthodoxe, musulman, musulmane, sunnite, chiite, juif, juive, judaïsme, hindou, bouddhiste, athée, agnostique, sans religion, témoin de jéhovah, laïque',
    es: 'católico, católica, cristiano, cristiana, evangélico, evangélica, protestante, ortodoxo, ortodoxa, musulmán, musulmana, judío, judía, hindú, budista, ateo, atea, agnóstico, agnóstica, testigo de jehová, sin religión, mormón',
    it: 'cattolico, cattolica, cristiano, cristiana, valdese, ortodosso, ortodossa, musulmano, musulmana, ebreo, ebrea, ebraica, induista, buddista, ateo, testimone di geova, senza religione, islamica',
    nl: 'katholiek, rooms katholiek, protestants, hervormd, gereformeerd, nederlands hervormd, christelijk, islamitisch, moslim, joods, hindoe, hindoeïstisch, boeddhistisch, atheïst, atheïstisch, agnost, geen religie, evangelisch, pkn',
    pl: 'rzymskokatolickie, rzymskokatolicka, katolickie, katolicyzm, katolik, prawosławne, prawosławny, protestanckie, ewangelickie, ewangelicko augsburskie, greckokatolickie, chrześcijaństwo, muzułmanin, muzułmańskie, żydowskie, judaizm, buddyzm, ateista, agnostyk, bezwyznaniowy, świadek jehowy',
    pt: 'católico, católica, cristão, cristã, evangélico, evangélica, protestante, ortodoxo, muçulmano, muçulmana, judeu, judia, hindu, budista, espírita, umbanda, candomblé, ateu, agnóstico, testemunha de jeová, sem religião',
    sv: 'svenska kyrkan, katolik, katolsk, kristen, protestant, luthersk, ortodox, muslimsk, muslim, judisk, jude, hinduisk, buddhist, ateist, pingstkyrkan, frikyrklig, jehovas vittnen, islam',
  },
  source: 'GDPR Art. 9(1); HL7 v2 table 0006 Religion; German church tax codes, § 39e EStG',
  examples: {
    good: ['Roman Catholic', 'muslim', 'röm.-kath.', 'Konfessionslos', 'Żydowskie', 'Pastafarian', 'ev'],
    bad: ['null', 'none', 'Religion', '42', 'unknown', 'this.religion', '<select>'],
  },
})
