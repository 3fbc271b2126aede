import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const ethnicity: Recogniser = termRecogniser({
  id: 'ethnicity',
  name: 'Racial or ethnic origin',
  category: 'special',
  fieldNames: {
    en: 'ethnicity, ethnic origin, ethnic group, racial origin, racial group, patient race, person race, race code, race ethnicity, ethnicity code, ethnic group code',
    de: 'ethnie, ethnische herkunft, ethnische zugehörigkeit, ethnizität, migrationshintergrund',
    fr: 'origine ethnique, groupe ethnique, appartenance ethnique',
    es: 'origen étnico, grupo étnico, etnia, origen racial',
    it: 'origine etnica, gruppo etnico, origine razziale',
    nl: 'etniciteit, etnische afkomst, etnische achtergrond, migratieachtergrond',
    pl: 'pochodzenie etniczne, grupa etniczna, pochodzenie rasowe',
    pt: 'origem étnica, origem racial, etnicidade, raça cor',
    sv: 'etniskt ursprung, etnicitet, etnisk tillhörighet',
  },
  // Races are also those of animals, and of threads and of cars.
  vagueFieldNames: { all: 'race, rasse, raza, razza, raça, rasa' },
  notFieldNames: { en: 'race condition, race id, race name, race date, race time, data race' },
  terms: {
    en: `white, black, asian, african american, black or african american, american indian, american indian or alaska native,
      alaska native, native american, native hawaiian, pacific islander, native hawaiian or other pacific islander, hispanic,
      hispanic or latino, not hispanic or latino, non hispanic, latino, latina, latinx, caucasian, white british, white irish,
      white other, other white, mixed race, mixed ethnicity, two or more races, multiracial, biracial, black african,
      black caribbean, black british, asian british, british asian, south asian, east asian, southeast asian, middle eastern,
      north african, arab, arabic, jewish, ashkenazi, roma, romani, sinti, gypsy, irish traveller, sami, inuit, first nations,
      metis, aboriginal, torres strait islander, maori, pasifika, kurdish, berber, amazigh, indigenous, han chinese, uyghur,
      tamil, punjabi, bengali, pashtun, hausa, yoruba, igbo, slavic`,
    de: 'weiß, schwarz, asiatisch, afrikanisch, afrodeutsch, lateinamerikanisch, kaukasisch, arabisch, jüdisch, sorbisch, kurdisch',
    fr: 'blanc, blanche, noir, noire, asiatique, maghrébin, maghrébine, métis, métisse, arabe, caucasien, rom, berbère, créole',
    es: 'blanco, blanca, negro, negra, asiático, mestizo, mestiza, mulato, gitano, gitana, indígena, afrodescendiente, árabe',
    it: 'bianco, bianca, nero, nera, asiatico, asiatica, caucasico, caucasica, meticcio, arabo, nordafricano',
    nl: 'blank, wit, zwart, aziatisch, marokkaans, surinaams, antilliaans, hindoestaans, kaukasisch',
    pl: 'biały, biała, czarny, czarna, azjatycki, azjatka, azjata, romski, śląska, kaszubska, kaukaska',
    pt: 'branco, branca, preto, preta, pardo, parda, amarelo, amarela, cigano, negra',
    sv: 'vit, svart, asiatisk, romer, romsk, same, samisk, kurd, arabisk',
  },
  source:
    'GDPR Art. 9(1); categories of the OMB Statistical Policy Directive 15, the UK census of 2021 and the Brazilian IBGE',
  examples: {
    good: ['Black Caribbean', 'asian', 'Hispanic or Latino', 'Jüdisch', 'Sorbian', 'not_hispanic_or_latino'],
    bad: ['null', 'unknown', 'string', '12', 'Ethnicity', 'https://example.com/a', '{{ethnicity}}'],
  },
})
