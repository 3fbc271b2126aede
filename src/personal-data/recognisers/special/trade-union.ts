import type { Recogniser } from '../../recogniser.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const tradeUnion: Recogniser = termRecogniser({
  id: 'trade-union',
  name: 'Trade union membership',
  category: 'special',
  fieldNames: {
    en: 'trade union, union member, union membership, trade union membership, trade union member, union affiliation, union dues, labor union, labour union, is union member, union name',
    de: 'gewerkschaft, gewerkschaftsmitglied, gewerkschaftszugehörigkeit, gewerkschaftsmitgliedschaft, gewerkschaftsbeitrag',
    fr: 'syndicat, syndiqué, appartenance syndicale, affiliation syndicale, adhésion syndicale, cotisation syndicale',
    es: 'sindicato, afiliación sindical, afiliado sindical, afiliado a sindicato, cuota sindical, sindicado',
    it: 'sindacato, iscrizione sindacale, appartenenza sindacale, tessera sindacale, iscritto al sindacato, trattenuta sindacale, quota sindacale',
    nl: 'vakbond, vakbondslid, vakbondslidmaatschap, lid vakbond, lid van vakbond, vakvereniging',
    pl: 'związek zawodowy, zwiazek zawodowy, przynależność związkowa, przynaleznosc zwiazkowa, składka związkowa',
    pt: 'filiação sindical, sindicalizado, membro de sindicato, quota sindical, contribuição sindical',
    sv: 'fackförbund, facklig tillhörighet, fackförening, fackmedlem, medlem i facket, fackligt medlemskap',
  },
  notFieldNames: { en: 'union type, union types, discriminated union, union id' },
  answers: true,
  terms: {
    de: 'ig metall, verdi, ig bce, igbce, ig bau, gew, evg, ngg, gdp, dgb, gdl, dbb, marburger bund, cockpit, ögb, unia, syna',
    fr: 'cgt, cfdt, force ouvrière, cftc, cfe cgc, unsa, solidaires, sud, fsu, csc, fgtb, cgslb',
    es: 'ccoo, comisiones obreras, ugt, uso, csif, cgt, ela, lab, cnt',
    it: 'cgil, cisl, uil, ugl, usb, cobas, fiom, fiom cgil, fim cisl, uilm, gilda',
    nl: 'fnv, cnv, vcp, de unie, abvv, acv, aclvb',
    pl: 'solidarność, nszz solidarność, opzz, forum związków zawodowych, znp',
    pt: 'cgtp, cgtp in, fenprof, cut, força sindical',
    sv: 'unionen, if metall, kommunal, saco, tco, byggnads, vårdförbundet, sveriges ingenjörer, handels, seko, lärarförbundet, hk, fagforbundet',
    en: 'unite, unite the union, unison, gmb, usdaw, rmt, aslef, bma, rcn, nasuwt, neu, ucu, pcs, siptu, fórsa, afl cio, teamsters, seiu, uaw, afscme, ufcw, usw, cwa, ibew, unifor',
  },
  source: 'GDPR Art. 9(1); affiliates of the European Trade Union Confederation',
  examples: {
    good: ['ver.di', 'IG Metall', 'true', 'no', 'CGT', 'Local 12 of the bakers', 'Solidarność'],
    bad: ['null', 'undefined', 'Trade union', '2024-01-01', 'A | B | C', 'select(1)', '{}'],
  },
})
