import type { DraftTexts } from './texts.ts'

const categories: DraftTexts['categories'] = {
  contact: 'coordonnées',
  identity: 'données d’identité',
  financial: 'données financières',
  online: 'identifiants en ligne',
  location: 'données de localisation',
  health: 'données concernant la santé',
  genetic: 'données génétiques',
  special: 'autres catégories particulières (art. 9 RGPD)',
  criminal: 'condamnations pénales et infractions (art. 10 RGPD)',
  children: 'données d’enfants',
  credential: 'identifiants de connexion',
}

/** Terms as the French version of the regulation has them: violation de données à caractère personnel, responsable du traitement. */
export const french: DraftTexts = {
  language: 'fr',
  titles: {
    authority: 'Notification d’une violation de données à caractère personnel à l’autorité de contrôle',
    subjects: 'Communication d’une violation de données à caractère personnel aux personnes concernées',
    controller:
      'Notification d’une violation de données à caractère personnel par le sous-traitant au responsable du traitement',
    record: 'Documentation d’une violation de données à caractère personnel',
  },
  inPublic: {
    title: 'Communication publique d’une violation de données à caractère personnel',
    opening:
      'Nous rendons public que des données à caractère personnel ont été touchées par un incident de sécurité ; en informer chaque personne exigerait des efforts disproportionnés (article 34, paragraphe 3, point c), du RGPD). Vous avez le droit de savoir ce qui s’est passé.',
  },
  phase: (at, by, missing) => `envoyée ${at}, selon ${by} ; manquait alors : ${missing}`,
  phaseWhole: (at, by) => `envoyée ${at}, selon ${by} ; rien ne manquait alors`,
  openings: {
    authority:
      'Nous notifions la violation de données à caractère personnel suivante, conformément à l’article 33 du règlement (UE) 2016/679 (RGPD).',
    subjects:
      'Nous vous écrivons parce que des données à caractère personnel vous concernant ont été touchées par un incident de sécurité. Vous avez le droit de savoir ce qui s’est passé.',
    controller:
      'En tant que votre sous-traitant, nous vous notifions la violation de données à caractère personnel suivante, conformément à l’article 33, paragraphe 2, du RGPD.',
    record:
      'Inscription au registre interne des violations, tenu conformément à l’article 33, paragraphe 5, du RGPD.',
  },
  parts: {
    nature: 'Nature de la violation',
    categories: 'Catégories de données à caractère personnel',
    persons: 'Nombre approximatif de personnes concernées',
    records: 'Nombre approximatif d’enregistrements',
    contact: 'Point de contact',
    consequences: 'Conséquences probables',
    measures: 'Mesures prises ou proposées',
    times: 'Dates et heures',
    delay: 'Motifs du retard',
    phases: 'Étapes de cette notification',
    controls: 'Mesures en place, et leur effet',
    unknown: 'Pas encore connu',
    reach: 'Jusqu’où elle est allée',
    'told-what': 'Ce qui s’est passé',
    'told-data': 'Vos données concernées',
    'told-contact': 'À qui vous adresser',
    'told-consequences': 'Ce que cela peut signifier pour vous',
    'told-measures': 'Ce que nous avons fait et ce que vous pouvez faire',
    facts: 'Faits concernant la violation',
    effects: 'Effets',
    remedial: 'Mesures prises pour y remédier',
    severity: 'Gravité et suites à donner',
  },
  article: (article, paragraph, point) =>
    `art. ${article}${paragraph === undefined ? '' : `, par. ${paragraph}`}${point === undefined ? '' : `, point ${point})`} RGPD`,
  and: 'et',
  semicolon: ' ; ',
  toFill: '[à compléter]',
  toFillList: 'À compléter par une personne :',
  madeOf: (id) =>
    `Dossier ${id}. Projet établi à partir de ce qui a été observé et saisi ; à vérifier avant l’envoi.`,
  kinds: {
    confidentiality: 'de la confidentialité',
    integrity: 'de l’intégrité',
    availability: 'de la disponibilité',
  },
  lost: (kinds) => `Perte ${kinds}.`,
  categories,
  yourData: {
    contact: 'comment vous joindre : adresse, courriel, téléphone',
    identity: 'qui vous êtes : nom, date de naissance, numéros de documents',
    financial: 'vos comptes bancaires ou cartes de paiement',
    online: 'votre utilisation de nos services en ligne',
    location: 'les lieux où vous vous trouviez',
    health: 'votre santé',
    genetic: 'vos données génétiques',
    special: 'des données spécialement protégées, comme les convictions ou l’origine',
    criminal: 'des condamnations ou infractions',
    children: 'vos enfants',
    credential: 'votre nom d’utilisateur ou mot de passe',
  },
  times: {
    began: 'début',
    ended: 'fin',
    detected: 'détection',
    aware: 'prise de connaissance',
    classified: 'classement comme majeur',
    notified: 'notification',
  },
  setBy: (name, reason) => `saisi par ${name}${reason === '' ? '' : ` (${reason})`}`,
  everywhere: 'toutes les charges de travail observées',
  observed: (since, until, where) =>
    `Observé du ${since} au ${until} sur ${where} ; des données à caractère personnel ont été envoyées à :`,
  recipient: ({ name, isExternal, country, isEncrypted, persons, flows }) =>
    `${name}${isExternal ? ` (extérieur${country === '' ? '' : ` : ${country}`})` : ''} : ${flows === '1' ? '1 connexion' : `${flows} connexions`} ${isEncrypted ? (flows === '1' ? 'chiffrée' : 'chiffrées') : 'en clair'}, ${persons}`,
  persons: (number) => `environ ${number}`,
  personsOf: (number) => `environ ${number} personnes`,
  notCounted: 'personnes non comptées',
  personsCounted:
    'chacune comptée une fois (erreur type de 0,8 %) ; une personne connue sous plusieurs identifiants qu’aucun enregistrement ne réunit est comptée plusieurs fois',
  notAll: 'tout n’a pas été examiné',
  records: (number) => `${number} valeurs ont été vues ; un enregistrement peut en contenir plusieurs`,
  notLooked: 'Ce qui a été observé n’a pas encore été examiné.',
  nothingMissed:
    'Rien n’a échappé à l’observation pendant cette période, pour autant que Pavise puisse le dire.',
  gap: (reason, times, detail) => `non vu : ${reason}, ${times} fois (${detail})`,
  lowerBounds: 'il y avait plus que ce qui est examiné en une fois : les nombres sont des minimums',
  thirdCountry: (name, isAdequate) =>
    `${name}, pays tiers ${isAdequate ? 'avec' : 'sans'} décision d’adéquation générale`,
  controls: {
    policy: {
      held: (version) => `politique : la version ${version} était en vigueur`,
      failed: (version) => `politique : la version ${version} était en vigueur`,
      off: () => 'politique : aucune n’avait été définie',
    },
    mode: {
      held: (group) => `application : ${group} ; rien n’est sorti`,
      failed: (group) => `application : ${group} ; des données sont sorties malgré elle`,
      off: (group) => `application : ${group} ; rien n’est arrêté dans ce mode`,
    },
    detector: {
      held: (name) => `détecteur : ${name} comptait`,
      failed: (name) => `détecteur : ${name} ne comptait pas et a laissé passer`,
      off: (name) => `détecteurs : ${name}`,
    },
    sight: {
      held: (name) => `visibilité : le trafic de ${name} était lu`,
      failed: (reason, count) => `visibilité : ${reason}, non vu (fois : ${count})`,
      off: (name) => `visibilité : le trafic de ${name} n’était pas lu`,
    },
    attacks: {
      held: (name, count) => `attaques : ${name}, bloquées (${count})`,
      failed: (name, count) => `attaques : ${name}, vues et non arrêtées (${count})`,
      off: (name) => `attaques : ${name} n’était pas recherché`,
    },
    rules: {
      held: (criterion, count) => `règles : ${criterion}, bloqué (connexions : ${count})`,
      failed: (criterion, count) =>
        `règles : ${criterion}, non autorisé et non arrêté (connexions : ${count})`,
      off: (criterion) => `règles : aucune sur ${criterion}`,
    },
    encryption: {
      held: (name, count) => `chiffrement : présent vers ${name} (connexions : ${count})`,
      failed: (name, count) => `chiffrement : aucun vers ${name} (connexions : ${count})`,
      off: (name) => `chiffrement : aucun vers ${name}`,
    },
  },
  partOfTime: (since, until) =>
    `de ${since === '' ? 'le début' : since} à ${until === '' ? 'la fin' : until}`,
  reach: {
    suspect: (names) => `Suspect : ${names}`,
    reached: (names) => `Atteints : ${names}`,
    nobody: 'Personne n’a été vu atteint à partir de là.',
    reachedEnd: (name, steps, since) => `${name} (étape ${steps}, à partir de ${since})`,
    reachable: (names) =>
      `Non atteints pour autant qu’on l’ait vu, mais qu’aucune politique n’en empêchait : ${names}`,
    none: 'Selon la politique d’alors, personne d’autre ne pouvait être atteint.',
    reachableEnd: {
      mode: (name, mode) => `${name} (mode ${mode})`,
      rule: (name, rule) => `${name} (règle ${rule})`,
    },
    more: (number) => `${number} autres`,
    seenFrom: (time) =>
      `Les connexions d’avant ${time} ne sont pas conservées : qui a été atteint avant n’est pas connu.`,
    cut: 'Il y avait plus d’extrémités ou de connexions que ce qui est examiné.',
  },
  severity: {
    levels: { low: 'faible', medium: 'moyenne', high: 'élevée', 'very high': 'très élevée' },
    classes: {
      simple: 'simples',
      behavioural: 'comportementales',
      financial: 'financières',
      sensitive: 'sensibles',
    },
    circumstances: {
      confidentiality: 'confidentialité',
      integrity: 'intégrité',
      availability: 'disponibilité',
      malicious: 'intention malveillante',
    },
    exceptions: {
      unintelligible:
        'les personnes n’ont pas à être informées : leurs données sont incompréhensibles pour quiconque les détient (art. 34, par. 3, point a), RGPD)',
      remedied:
        'les personnes n’ont pas à être informées : les mesures prises ensuite rendent un risque élevé peu probable (art. 34, par. 3, point b), RGPD)',
      disproportionate:
        'informer les personnes par une communication publique : chacune exigerait des efforts disproportionnés (art. 34, par. 3, point c), RGPD)',
    },
    duties: {
      unknown:
        'ne peut être déduit de ce qui a été vu : il appartient à une personne de dire de quelles données il s’agit',
      document: 'documenter (art. 33, par. 5, RGPD) ; un risque est peu probable',
      notify: 'notifier à l’autorité de contrôle (art. 33, par. 1, RGPD)',
      'notify-and-tell':
        'notifier à l’autorité de contrôle (art. 33, par. 1, RGPD) et communiquer aux personnes concernées (art. 34 RGPD), sauf exception de l’art. 34, par. 3',
    },
    categories,
    decimal: (value) => new Intl.NumberFormat('fr', { maximumFractionDigits: 2 }).format(value),
    noData: 'aucune donnée à caractère personnel n’a été vue dans le périmètre du dossier',
    data: (of, categories) => `données ${of} (${categories})`,
    raised: (by) => `, relevé de ${by}`,
    lowered: (by) => `, abaissé de ${by}`,
    chosen: 'selon le choix fait',
    eases: {
      both: 'des noms avec des numéros ou adresses qui désignent une personne',
      numbers: 'des numéros ou adresses qui désignent une personne',
      names: 'des noms ou comptes seuls',
      none: 'rien de vu qui désigne une personne',
    },
    nothingAdds: 'rien ne s’y ajoute',
    manyPersons: (most) => `plus de ${most} personnes`,
    encrypted:
      'chiffré pendant le transport ; il appartient à une personne de dire si les données sont incompréhensibles pour le destinataire',
    sum: ({ score, level, context, ease, circumstances }) =>
      `${score}, ${level} (ENISA 2013) : contexte ${context} × facilité d’identification ${ease} + circonstances ${circumstances}`,
    besides: 'En outre :',
    follows: 'Suites à donner :',
  },
}
