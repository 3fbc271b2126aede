import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const politicalOpinion: Recogniser = termRecogniser({
  id: 'political-opinion',
  name: 'Political opinion',
  category: 'special',
  fieldNames: {
    en: 'political opinion, political opinions, political affiliation, political party, political views, political view, political leaning, political orientation, political preference, political ideology, party affiliation, party membership, party member, party registration, registered party, voting intention, vote intention, voting preference',
    de: 'politische meinung, politische einstellung, politische überzeugung, politische gesinnung, politische orientierung, parteizugehörigkeit, parteimitgliedschaft, parteimitglied, parteimitgliedsnummer, parteipräferenz, wahlabsicht, partei mitglied',
    fr: 'opinion politique, opinions politiques, appartenance politique, affiliation politique, parti politique, orientation politique, intention de vote',
    es: 'opinión política, opiniones políticas, afiliación política, partido político, ideología política, orientación política, intención de voto',
    it: 'opinione politica, opinioni politiche, partito politico, orientamento politico, affiliazione politica, tessera di partito, intenzione di voto',
    nl: 'politieke voorkeur, politieke partij, politieke overtuiging, politieke opvatting, politieke gezindheid, partijlidmaatschap, partijlid, stemintentie',
    pl: 'poglądy polityczne, partia polityczna, przynależność partyjna, przynależność polityczna, preferencje polityczne',
    pt: 'opinião política, opiniões políticas, filiação partidária, filiação política, orientação política, intenção de voto',
    sv: 'politisk åsikt, politiska åsikter, politisk uppfattning, partitillhörighet, politiskt parti, partimedlem, partisympati',
  },
  notFieldNames: { en: 'political party id, party id, party type' },
  answers: true,
  // Parties come and go: these only make it surer.
  terms: {
    en: `conservative, conservatives, labour, liberal democrats, lib dem, democrat, democrats, democratic party, republican,
      republicans, republican party, liberal, libertarian, socialist, social democrat, communist, anarchist, green, greens,
      green party, reform uk, snp, scottish national party, sinn fein, fine gael, fianna fail, plaid cymru, dup, ukip,
      left wing, right wing, far left, far right, centre left, centre right, centrist, progressive, nationalist, populist,
      monarchist, independent voter`,
    de: 'cdu, csu, cdu csu, spd, afd, fdp, die linke, linke, grüne, die grünen, bündnis die grünen, bsw, npd, övp, spö, fpö, neos, svp, konservativ, sozialdemokrat, links, rechts, linksextrem, rechtsextrem, liberal, sozialistisch, kommunistisch',
    fr: 'renaissance, rassemblement national, la france insoumise, lfi, les républicains, parti socialiste, parti communiste, eelv, les écologistes, modem, reconquête, gauche, droite, extrême droite, extrême gauche, centriste, socialiste, communiste, écologiste',
    es: 'psoe, partido popular, vox, podemos, sumar, ciudadanos, izquierda unida, erc, junts, pnv, bildu, izquierda, derecha, socialista, comunista, conservador',
    it: "partito democratico, forza italia, fratelli d'italia, lega, lega nord, movimento cinque stelle, movimento stelle, azione, italia viva, sinistra, destra, centrosinistra, centrodestra, comunista",
    nl: 'vvd, pvv, cda, groenlinks, groenlinks pvda, pvda, partij voor de dieren, christenunie, sgp, bbb, nsc, volt, forum voor democratie, vlaams belang, vooruit',
    pl: 'prawo i sprawiedliwość, platforma obywatelska, koalicja obywatelska, lewica, konfederacja, psl, polska, sld, prawica',
    pt: 'partido socialista, partido social democrata, psd, chega, bloco de esquerda, pcp, iniciativa liberal, livre, esquerda, direita, partido dos trabalhadores',
    sv: 'socialdemokraterna, moderaterna, sverigedemokraterna, centerpartiet, vänsterpartiet, kristdemokraterna, liberalerna, miljöpartiet, vänster, höger',
  },
  source: 'GDPR Art. 9(1); parties of the European Parliament and of national parliaments',
  examples: {
    good: ['Green Party', 'SPD', 'Partido Socialista', 'true', 'Partei der Vernunft', 'far-right'],
    bad: ['null', 'N/A', '2024-01-01', '4711', 'Political party', 'party.member.id', 'text'],
  },
})
