import { shapeOf } from './value-shape.ts'
import { Vocabulary, wordsOf } from './vocabulary.ts'

/** Common medicines: international nonproprietary names, and brands that people know better. */
export const medicineWords: Vocabulary = new Vocabulary(
  wordsOf({
    names: `paracetamol, acetaminophen, ibuprofen, aspirin, acetylsalicylic acid, diclofenac, naproxen, metamizole, novalgin, tramadol,
      morphine, morphin, oxycodone, fentanyl, codeine, methadone, buprenorphine, tilidin, metformin, insulin, insulin glargine, glipizide,
      gliclazide, sitagliptin, semaglutide, ozempic, liraglutide, empagliflozin, dapagliflozin, levothyroxine, levothyroxin,
      l thyroxin, euthyrox, carbimazole, prednisone, prednisolone, prednisolon, dexamethasone, hydrocortisone, cortisone, amlodipine,
      amlodipin, ramipril, lisinopril, enalapril, perindopril, losartan, valsartan, candesartan, bisoprolol, metoprolol, atenolol,
      propranolol, carvedilol, furosemide, hydrochlorothiazide, spironolactone, torasemid, simvastatin, atorvastatin,
      rosuvastatin, pravastatin, ezetimibe, warfarin, phenprocoumon, marcumar, apixaban, eliquis, rivaroxaban, xarelto, dabigatran,
      heparin, enoxaparin, clopidogrel, digoxin, amiodarone, nitroglycerin, omeprazole, omeprazol, pantoprazole, pantoprazol,
      esomeprazole, ranitidine, amoxicillin, amoxicilline, amoxicilina, augmentin, penicillin, ciprofloxacin, azithromycin, clarithromycin,
      doxycycline, cefuroxime, ceftriaxone, vancomycin, metronidazole, nitrofurantoin, trimethoprim, fluconazole, aciclovir, acyclovir,
      oseltamivir, tenofovir, emtricitabine, truvada, biktarvy, dolutegravir, efavirenz, sertraline, sertralin, fluoxetine,
      prozac, citalopram, escitalopram, paroxetine, venlafaxine, duloxetine, mirtazapine, bupropion, amitriptyline, lithium,
      quetiapine, olanzapine, risperidone, aripiprazole, haloperidol, clozapine, diazepam, valium, lorazepam, alprazolam, xanax,
      clonazepam, zolpidem, zopiclone, methylphenidate, ritalin, adderall, lisdexamfetamine, atomoxetine, gabapentin, pregabalin,
      lyrica, levetiracetam, lamotrigine, valproate, carbamazepine, topiramate, levodopa, donepezil, memantine, sumatriptan,
      salbutamol, albuterol, ventolin, budesonide, fluticasone, salmeterol, montelukast, tiotropium, cetirizine, loratadine,
      desloratadine, adrenaline, epinephrine, epipen, methotrexate, hydroxychloroquine, adalimumab, humira, etanercept,
      infliximab, rituximab, trastuzumab, pembrolizumab, tamoxifen, letrozole, imatinib, cyclophosphamide, cisplatin, tacrolimus,
      ciclosporin, azathioprine, mycophenolate, allopurinol, colchicine, alendronic acid, tamsulosin, finasteride, sildenafil,
      viagra, tadalafil, cialis, levonorgestrel, ethinylestradiol, estradiol, progesterone, testosterone, mifepristone,
      misoprostol, clomifene, naltrexone, naloxone, disulfiram, nicotine replacement, varenicline, isotretinoin`,
    es: 'paracetamol, ibuprofeno, metformina, omeprazol, amoxicilina, insulina, levotiroxina, enalapril, simvastatina, atorvastatina, losartán, amlodipino, aspirina, morfina, sertralina, fluoxetina, lorazepam, diazepam, salbutamol, prednisona, penicilina',
    fr: 'doliprane, paracétamol, ibuprofène, metformine, oméprazole, amoxicilline, insuline, lévothyroxine, morphine, sertraline, prednisone, ventoline, pénicilline, aspirine',
    it: 'paracetamolo, tachipirina, ibuprofene, metformina, omeprazolo, amoxicillina, insulina, levotiroxina, eutirox, cardioaspirina, morfina, penicillina, cortisone',
    pl: 'paracetamol, ibuprofen, metformina, omeprazol, amoksycylina, insulina, lewotyroksyna, morfina, penicylina, apap',
    pt: 'dipirona, ibuprofeno, metformina, omeprazol, amoxicilina, insulina, levotiroxina, losartana, sinvastatina, penicilina',
    sv: 'alvedon, ibumetin, metformin, omeprazol, amoxicillin, insulin, levaxin, kåvepenin, penicillin',
  }),
)

const doseUnits = new Vocabulary(
  wordsOf({
    units:
      'mg, mcg, µg, ug, ml, iu, ie, ui, units, mg ml, mmol, tablet, tablets, tabletten, comprimés, comprimidos, compresse, tabletki, tabletter, capsules, puffs, drops, tropfen, gouttes, gotas',
  }),
)

/** Whether a value tells a dose: a number, and a unit that medicines are measured in. */
export function hasDose(bytes: Uint8Array, start: number, end: number): boolean {
  const { digits, words } = shapeOf(bytes, start, end)
  return digits > 0 && words > 0 && doseUnits.occursIn(bytes, start, end)
}
