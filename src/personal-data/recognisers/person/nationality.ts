import type { Recogniser } from '../../recogniser.ts'
import { countryNames, isCountryCode } from '../../values/countries.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const nationality: Recogniser = termRecogniser({
  id: 'nationality',
  name: 'Nationality',
  category: 'identity',
  fieldNames: {
    en: 'nationality, nationalities, nationality code, citizenship, citizenships, citizenship status, country of citizenship, citizen of, country of nationality',
    de: 'nationalität, staatsangehörigkeit, staatsbürgerschaft, staatsangehoerigkeit',
    fr: 'nationalité, citoyenneté, pays de nationalité',
    es: 'nacionalidad, ciudadanía',
    it: 'nazionalità, cittadinanza',
    nl: 'nationaliteit, staatsburgerschap',
    pl: 'obywatelstwo, narodowość',
    pt: 'nacionalidade, cidadania',
    sv: 'nationalitet, medborgarskap, statsborgerskab, statsborgerskap, kansalaisuus',
  },
  notFieldNames: { en: 'nationality id' },
  terms: {
    countries: countryNames,
    en: 'german, french, spanish, italian, dutch, polish, portuguese, swedish, british, english, scottish, welsh, irish, american, canadian, australian, austrian, swiss, belgian, danish, norwegian, finnish, icelandic, greek, turkish, russian, ukrainian, belarusian, czech, slovak, hungarian, romanian, bulgarian, croatian, serbian, bosnian, slovenian, albanian, macedonian, montenegrin, kosovar, estonian, latvian, lithuanian, moldovan, georgian, armenian, syrian, iraqi, iranian, afghan, pakistani, indian, bangladeshi, chinese, japanese, korean, vietnamese, thai, filipino, indonesian, malaysian, israeli, lebanese, egyptian, moroccan, algerian, tunisian, nigerian, ghanaian, kenyan, ethiopian, eritrean, somali, south african, brazilian, mexican, argentinian, colombian, venezuelan, peruvian, chilean, cuban, dual nationality, stateless',
    de: 'deutsch, französisch, spanisch, italienisch, niederländisch, polnisch, portugiesisch, schwedisch, britisch, irisch, amerikanisch, österreichisch, schweizerisch, belgisch, dänisch, norwegisch, finnisch, griechisch, türkisch, russisch, ukrainisch, tschechisch, ungarisch, rumänisch, bulgarisch, kroatisch, serbisch, bosnisch, albanisch, kosovarisch, syrisch, irakisch, iranisch, afghanisch, indisch, chinesisch, japanisch, vietnamesisch, marokkanisch, tunesisch, nigerianisch, eritreisch, somalisch, brasilianisch, staatenlos',
    fr: 'française, français, allemande, allemand, espagnole, italienne, néerlandaise, polonaise, portugaise, suédoise, britannique, irlandaise, américaine, autrichienne, suisse, belge, danoise, grecque, turque, russe, ukrainienne, roumaine, bulgare, serbe, syrienne, marocaine, algérienne, tunisienne, sénégalaise, malienne, ivoirienne, camerounaise, congolaise, chinoise, brésilienne, apatride',
    es: 'española, español, alemana, francesa, italiana, neerlandesa, polaca, portuguesa, sueca, británica, irlandesa, estadounidense, rumana, búlgara, rusa, ucraniana, marroquí, argelina, china, argentina, colombiana, venezolana, ecuatoriana, peruana, mexicana, cubana, dominicana, brasileña, boliviana, apátrida',
    it: 'italiana, italiano, tedesca, francese, spagnola, olandese, polacca, portoghese, svedese, britannica, americana, rumena, romena, albanese, ucraina, russa, marocchina, tunisina, egiziana, cinese, indiana, brasiliana, svizzera, apolide',
    nl: 'nederlandse, nederlands, duitse, franse, spaanse, italiaanse, poolse, portugese, zweedse, britse, amerikaanse, belgische, turkse, marokkaanse, surinaamse, syrische, russische, oekraïense, roemeense, chinese, indiase, staatloos',
    pl: 'polskie, polska, niemieckie, francuskie, hiszpańskie, włoskie, ukraińskie, białoruskie, rosyjskie, brytyjskie, amerykańskie, litewskie, czeskie, słowackie, wietnamskie, bezpaństwowiec',
    pt: 'portuguesa, português, brasileira, brasileiro, angolana, cabo verdiana, moçambicana, alemã, francesa, espanhola, italiana, britânica, ucraniana, romena, chinesa, indiana, norte americana, apátrida',
    sv: 'svensk, svenskt, tysk, fransk, spansk, italiensk, polsk, brittisk, amerikansk, norsk, dansk, finsk, finländsk, syrisk, irakisk, iransk, afghansk, somalisk, turkisk, rysk, ukrainsk, statslös',
  },
  otherValue: (bytes, start, end) => (isCountryCode(bytes, start, end) ? 0.2 : 0),
  source: 'GDPR Art. 4(1); ISO 3166-1; Unicode CLDR names of territories',
  examples: {
    good: ['German', 'FR', 'DEU', 'Österreich', 'španělská', 'marroquí', 'polskie', 'Syrian Arab Republic'],
    bad: ['null', 'unknown', 'Nationality', '42', 'string', '#fff', 'user.nationality'],
  },
})
