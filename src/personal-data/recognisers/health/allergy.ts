import type { Recogniser } from '../../recogniser.ts'
import { medicineWords } from '../../values/medicine-words.ts'
import { termRecogniser } from '../term-recogniser.ts'

export const allergy: Recogniser = termRecogniser({
  id: 'allergy',
  name: 'Allergy or intolerance',
  category: 'health',
  fieldNames: {
    en: 'allergy, allergies, allergy code, allergy name, allergy reaction, allergic to, drug allergy, drug allergies, food allergy, food allergies, allergen name, known allergies, allergy intolerance, food intolerance',
    de: 'allergie, allergien, unverträglichkeit, unverträglichkeiten, nahrungsmittelunverträglichkeit',
    fr: 'allergie connue, intolérance alimentaire, intolérances alimentaires',
    es: 'alergia, alergias, alérgico a, intolerancia alimentaria, intolerancias',
    it: 'allergia, allergico a, intolleranza alimentare, intolleranze, intolleranze alimentari',
    nl: 'allergieën, voedselallergie, overgevoeligheid',
    pl: 'alergie, uczulenie, uczulenia, nietolerancja pokarmowa',
    pt: 'alérgico, alergia alimentar, intolerância alimentar',
    sv: 'allergi, allergier, överkänslighet, matallergi',
  },
  // What food contains is no datum of a person.
  vagueFieldNames: { all: 'allergen, allergens, allergene, intolerance, intolerances' },
  notFieldNames: { en: 'allergy id, allergen id' },
  answers: true,
  terms: {
    en: `peanut, peanuts, peanut allergy, nuts, tree nuts, hazelnut, walnut, almond, milk, cow's milk, lactose, egg, eggs, soy, soya,
      wheat, gluten, fish, shellfish, crustaceans, molluscs, sesame, celery, mustard, lupin, sulphites, sulfites, strawberry, kiwi,
      latex, pollen, grass pollen, birch pollen, ragweed, hay fever, house dust mite, dust mites, dust, mould, mold, cat hair, cats,
      dogs, pet dander, animal dander, bee venom, bee sting, wasp venom, wasp sting, insect venom, insect stings, nickel, iodine,
      contrast media, sulfa, sulfonamides, nsaids, anaphylaxis, no known allergies, no known drug allergies, nkda, nka,
      lactose intolerance, fructose, histamine, coeliac, celiac`,
    de: 'erdnuss, erdnüsse, nüsse, haselnuss, walnuss, milch, laktose, ei, soja, weizen, fisch, krebstiere, schalentiere, sellerie, senf, sesam, pollen, gräser, birke, birkenpollen, heuschnupfen, hausstaub, hausstaubmilben, schimmel, katzenhaare, tierhaare, bienengift, wespengift, insektengift, nickel, jod, kontrastmittel, keine allergien, keine bekannt, histamin, fruktose',
    fr: 'arachide, arachides, cacahuète, fruits à coque, noix, lait, lactose, œuf, œufs, soja, blé, poisson, crustacés, sésame, céleri, moutarde, pollens, graminées, bouleau, acariens, moisissures, poils de chat, venin, venin d’abeille, aucune allergie, fraise',
    es: 'cacahuete, maní, frutos secos, nueces, leche, lactosa, huevo, soja, trigo, pescado, mariscos, marisco, polen, gramíneas, ácaros, moho, pelo de gato, veneno de abeja, látex, níquel, sin alergias, no conocidas, fresa',
    it: 'arachidi, noci, frutta a guscio, latte, lattosio, uova, uovo, soia, grano, glutine, pesce, crostacei, polline, graminacee, acari, muffa, pelo di gatto, veleno di ape, lattice, nichel, nessuna allergia, fragole',
    nl: 'pinda, noten, melk, lactose, eieren, tarwe, vis, schaaldieren, graspollen, huisstofmijt, kattenhaar, bijengif, wespengif, geen allergieën, hooikoorts',
    pl: 'orzeszki ziemne, orzechy, mleko, laktoza, jaja, jajka, soja, pszenica, ryby, skorupiaki, pyłki, pyłki traw, roztocza, pleśń, sierść kota, jad pszczeli, jad osy, lateks, nikiel, brak alergii, truskawki',
    pt: 'amendoim, nozes, castanhas, leite, ovos, trigo, peixe, frutos do mar, camarão, pólen, ácaros, mofo, pelo de gato, veneno de abelha, níquel, sem alergias, morango',
    sv: 'jordnötter, nötter, mjölk, laktos, ägg, vete, fisk, skaldjur, björkpollen, gräspollen, kvalster, mögel, katt, hund, pälsdjur, bigift, getinggift, inga kända allergier',
  },
  otherValue: (bytes, start, end) => (medicineWords.occursIn(bytes, start, end) ? 0.3 : 0),
  source: 'GDPR Art. 4(15); Regulation (EU) 1169/2011 annex II; HL7 FHIR AllergyIntolerance',
  examples: {
    good: ['Penicillin', 'peanuts', 'Hausstaubmilben', 'Fruits à coque', 'NKDA', 'yes', 'obscure moss'],
    bad: ['null', 'unknown', '4711', 'Allergies', 'user.allergies', 'N/A', '{}'],
  },
})
