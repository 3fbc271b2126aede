import type { DraftTexts } from './texts.ts'

const categories: DraftTexts['categories'] = {
  contact: 'Kontaktdaten',
  identity: 'Identitätsdaten',
  financial: 'Finanzdaten',
  online: 'Online-Kennungen',
  location: 'Standortdaten',
  health: 'Gesundheitsdaten',
  genetic: 'genetische Daten',
  special: 'andere besondere Kategorien (Art. 9 DSGVO)',
  criminal: 'strafrechtliche Verurteilungen und Straftaten (Art. 10 DSGVO)',
  children: 'Daten von Kindern',
  credential: 'Zugangsdaten',
}

/** Terms as the German version of the regulation has them: Verletzung des Schutzes personenbezogener Daten, Verantwortlicher. */
export const german: DraftTexts = {
  language: 'de',
  titles: {
    authority: 'Meldung einer Verletzung des Schutzes personenbezogener Daten an die Aufsichtsbehörde',
    subjects:
      'Benachrichtigung der betroffenen Personen über eine Verletzung des Schutzes ihrer personenbezogenen Daten',
    controller:
      'Meldung einer Verletzung des Schutzes personenbezogener Daten durch den Auftragsverarbeiter an den Verantwortlichen',
    record: 'Dokumentation einer Verletzung des Schutzes personenbezogener Daten',
  },
  inPublic: {
    title: 'Öffentliche Bekanntmachung einer Verletzung des Schutzes personenbezogener Daten',
    opening:
      'Wir machen öffentlich bekannt, dass personenbezogene Daten von einem Sicherheitsvorfall betroffen sind; alle einzeln zu benachrichtigen wäre ein unverhältnismäßiger Aufwand (Artikel 34 Absatz 3 Buchstabe c DSGVO). Sie haben ein Recht darauf, zu erfahren, was geschehen ist.',
  },
  phase: (at, by, missing) => `gesendet ${at}, sagt ${by}; damals fehlte: ${missing}`,
  phaseWhole: (at, by) => `gesendet ${at}, sagt ${by}; damals fehlte nichts`,
  openings: {
    authority:
      'Wir melden die folgende Verletzung des Schutzes personenbezogener Daten nach Artikel 33 der Verordnung (EU) 2016/679 (DSGVO).',
    subjects:
      'Wir schreiben Ihnen, weil personenbezogene Daten über Sie von einem Sicherheitsvorfall betroffen sind. Sie haben ein Recht darauf, zu erfahren, was geschehen ist.',
    controller:
      'Als Ihr Auftragsverarbeiter melden wir Ihnen nach Artikel 33 Absatz 2 DSGVO die folgende Verletzung des Schutzes personenbezogener Daten.',
    record: 'Eintrag in das interne Verzeichnis der Datenschutzverletzungen nach Artikel 33 Absatz 5 DSGVO.',
  },
  parts: {
    nature: 'Art der Verletzung',
    categories: 'Kategorien personenbezogener Daten',
    persons: 'Ungefähre Zahl der betroffenen Personen',
    records: 'Ungefähre Zahl der betroffenen Datensätze',
    contact: 'Anlaufstelle für weitere Informationen',
    consequences: 'Wahrscheinliche Folgen',
    measures: 'Ergriffene oder vorgeschlagene Maßnahmen',
    times: 'Zeitpunkte',
    delay: 'Gründe für die Verzögerung',
    phases: 'Stufen dieser Meldung',
    controls: 'Maßnahmen in Kraft, und was sie bewirkt haben',
    unknown: 'Noch nicht bekannt',
    reach: 'Wie weit sie gekommen ist',
    'told-what': 'Was geschehen ist',
    'told-data': 'Um welche Ihrer Daten es geht',
    'told-contact': 'Wen Sie fragen können',
    'told-consequences': 'Was das für Sie bedeuten kann',
    'told-measures': 'Was wir getan haben und was Sie tun können',
    facts: 'Fakten im Zusammenhang mit der Verletzung',
    effects: 'Auswirkungen',
    remedial: 'Ergriffene Abhilfemaßnahmen',
    severity: 'Schwere und was daraus folgt',
  },
  article: (article, paragraph, point) =>
    `Art. ${article}${paragraph === undefined ? '' : ` Abs. ${paragraph}`}${point === undefined ? '' : ` Buchst. ${point}`} DSGVO`,
  and: 'und',
  semicolon: '; ',
  toFill: '[auszufüllen]',
  toFillList: 'Von einer Person auszufüllen:',
  madeOf: (id) =>
    `Fall ${id}. Ein Entwurf aus dem, was beobachtet und eingetragen wurde; vor dem Versand zu prüfen.`,
  kinds: { confidentiality: 'Vertraulichkeit', integrity: 'Integrität', availability: 'Verfügbarkeit' },
  lost: (kinds) => `Verlust der ${kinds}.`,
  categories,
  yourData: {
    contact: 'wie Sie zu erreichen sind: Anschrift, E-Mail, Telefon',
    identity: 'wer Sie sind: Name, Geburtsdatum, Nummern von Ausweisen',
    financial: 'Ihre Bankkonten oder Zahlungskarten',
    online: 'Ihre Nutzung unserer Online-Dienste',
    location: 'wo Sie sich aufgehalten haben',
    health: 'Ihre Gesundheit',
    genetic: 'Ihre genetischen Daten',
    special: 'besonders geschützte Daten, etwa zu Weltanschauung oder Herkunft',
    criminal: 'Verurteilungen oder Straftaten',
    children: 'Ihre Kinder',
    credential: 'Ihr Benutzername oder Passwort',
  },
  times: {
    began: 'Beginn',
    ended: 'Ende',
    detected: 'entdeckt',
    aware: 'bekannt geworden',
    classified: 'als schwerwiegend eingestuft',
    notified: 'gemeldet',
  },
  setBy: (name, reason) => `eingetragen von ${name}${reason === '' ? '' : ` (${reason})`}`,
  everywhere: 'allen beobachteten Workloads',
  observed: (since, until, where) =>
    `Beobachtet von ${since} bis ${until} bei ${where}; personenbezogene Daten gingen an:`,
  recipient: ({ name, isExternal, country, isEncrypted, persons, flows }) =>
    `${name}${isExternal ? ` (außerhalb${country === '' ? '' : `: ${country}`})` : ''}: ${flows} ${flows === '1' ? 'Verbindung' : 'Verbindungen'} ${isEncrypted ? 'verschlüsselt' : 'im Klartext'}, ${persons}`,
  persons: (number) => `etwa ${number}`,
  personsOf: (number) => `etwa ${number} Personen`,
  notCounted: 'Personen nicht gezählt',
  personsCounted:
    'jede einmal gezählt (Standardfehler 0,8 %); wer unter mehreren Kennungen bekannt ist, die in keinem Datensatz beisammen stehen, zählt mehrfach',
  notAll: 'es wurde nicht alles ausgewertet',
  records: (number) => `${number} Werte wurden gesehen; ein Datensatz kann mehrere enthalten`,
  notLooked: 'Was beobachtet wurde, ist noch nicht ausgewertet.',
  nothingMissed: 'In dieser Zeit wurde nichts übersehen, soweit Pavise das sagen kann.',
  gap: (reason, times, detail) => `nicht gesehen: ${reason}, ${times}-mal (${detail})`,
  lowerBounds: 'es gab mehr, als auf einmal ausgewertet wird: Zahlen sind Untergrenzen',
  thirdCountry: (name, isAdequate) =>
    `${name}, ein Drittland ${isAdequate ? 'mit' : 'ohne'} Angemessenheitsbeschluss für alle`,
  controls: {
    policy: {
      held: (version) => `Richtlinie: Version ${version} war in Kraft`,
      failed: (version) => `Richtlinie: Version ${version} war in Kraft`,
      off: () => 'Richtlinie: keine war gesetzt',
    },
    mode: {
      held: (group) => `Durchsetzung: ${group}; nichts ist abgeflossen`,
      failed: (group) => `Durchsetzung: ${group}; Daten sind trotzdem abgeflossen`,
      off: (group) => `Durchsetzung: ${group}; in diesem Modus wird nichts aufgehalten`,
    },
    detector: {
      held: (name) => `Erkennung: ${name} zählte`,
      failed: (name) => `Erkennung: ${name} zählte nicht und ließ es durch`,
      off: (name) => `Erkennung: ${name}`,
    },
    sight: {
      held: (name) => `Sicht: der Verkehr von ${name} wurde gelesen`,
      failed: (reason, count) => `Sicht: ${reason}, nicht gesehen (Anzahl: ${count})`,
      off: (name) => `Sicht: der Verkehr von ${name} wurde nicht gelesen`,
    },
    attacks: {
      held: (name, count) => `Angriffe: ${name}, blockiert (${count})`,
      failed: (name, count) => `Angriffe: ${name}, gesehen und nicht aufgehalten (${count})`,
      off: (name) => `Angriffe: nach ${name} wurde nicht gesucht`,
    },
    rules: {
      held: (criterion, count) => `Regeln: ${criterion}, blockiert (Verbindungen: ${count})`,
      failed: (criterion, count) =>
        `Regeln: ${criterion}, nicht erlaubt und nicht aufgehalten (Verbindungen: ${count})`,
      off: (criterion) => `Regeln: keine zu ${criterion}`,
    },
    encryption: {
      held: (name, count) => `Verschlüsselung: auf dem Weg zu ${name} (Verbindungen: ${count})`,
      failed: (name, count) => `Verschlüsselung: keine auf dem Weg zu ${name} (Verbindungen: ${count})`,
      off: (name) => `Verschlüsselung: keine zu ${name}`,
    },
  },
  partOfTime: (since, until) => `von ${since === '' ? 'Anfang' : since} bis ${until === '' ? 'Ende' : until}`,
  reach: {
    suspect: (names) => `Verdächtig: ${names}`,
    reached: (names) => `Erreicht: ${names}`,
    nobody: 'Es wurde nicht gesehen, dass von dort jemand erreicht wurde.',
    reachedEnd: (name, steps, since) => `${name} (Schritt ${steps}, ab ${since})`,
    reachable: (names) =>
      `Nicht erreicht, soweit gesehen, aber von keiner Richtlinie davon abgehalten: ${names}`,
    none: 'Nach der damaligen Richtlinie konnte sonst niemand erreicht werden.',
    reachableEnd: {
      mode: (name, mode) => `${name} (Modus ${mode})`,
      rule: (name, rule) => `${name} (Regel ${rule})`,
    },
    more: (number) => `${number} weitere`,
    seenFrom: (time) =>
      `Verbindungen von vor ${time} sind nicht aufbewahrt: Wer davor erreicht wurde, ist nicht bekannt.`,
    cut: 'Es gab mehr Enden oder Verbindungen, als ausgewertet werden.',
  },
  severity: {
    levels: { low: 'niedrig', medium: 'mittel', high: 'hoch', 'very high': 'sehr hoch' },
    classes: {
      simple: 'einfache',
      behavioural: 'verhaltensbezogene',
      financial: 'finanzielle',
      sensitive: 'sensible',
    },
    circumstances: {
      confidentiality: 'Vertraulichkeit',
      integrity: 'Integrität',
      availability: 'Verfügbarkeit',
      malicious: 'böswillige Absicht',
    },
    exceptions: {
      unintelligible:
        'die Personen müssen nicht benachrichtigt werden: Ihre Daten sind für alle, die sie haben, unverständlich (Art. 34 Abs. 3 Buchst. a DSGVO)',
      remedied:
        'die Personen müssen nicht benachrichtigt werden: Was danach getan wurde, macht ein hohes Risiko unwahrscheinlich (Art. 34 Abs. 3 Buchst. b DSGVO)',
      disproportionate:
        'die Personen durch öffentliche Bekanntmachung unterrichten: Alle einzeln wären ein unverhältnismäßiger Aufwand (Art. 34 Abs. 3 Buchst. c DSGVO)',
    },
    duties: {
      unknown:
        'lässt sich aus dem, was gesehen wurde, nicht ableiten: eine Person muss beurteilen, um welche Daten es geht',
      document: 'dokumentieren (Art. 33 Abs. 5 DSGVO); ein Risiko ist unwahrscheinlich',
      notify: 'der Aufsichtsbehörde melden (Art. 33 Abs. 1 DSGVO)',
      'notify-and-tell':
        'der Aufsichtsbehörde melden (Art. 33 Abs. 1 DSGVO) und die betroffenen Personen benachrichtigen (Art. 34 DSGVO), sofern keine Ausnahme nach Art. 34 Abs. 3 greift',
    },
    categories,
    decimal: (value) => new Intl.NumberFormat('de', { maximumFractionDigits: 2 }).format(value),
    noData: 'im Umfang des Falls wurden keine personenbezogenen Daten gesehen',
    data: (of, categories) => `${of} Daten (${categories})`,
    raised: (by) => `, um ${by} erhöht`,
    lowered: (by) => `, um ${by} gesenkt`,
    chosen: 'wie gewählt',
    eases: {
      both: 'Namen zusammen mit Nummern oder Adressen, die eine Person eindeutig bezeichnen',
      numbers: 'Nummern oder Adressen, die eine Person eindeutig bezeichnen',
      names: 'nur Namen oder Konten',
      none: 'nichts gesehen, was eine Person benennt',
    },
    nothingAdds: 'nichts, was hinzukommt',
    manyPersons: (most) => `mehr als ${most} Personen`,
    encrypted:
      'auf dem Weg verschlüsselt; ob die Daten für den Empfänger unverständlich sind, muss eine Person beurteilen',
    sum: ({ score, level, context, ease, circumstances }) =>
      `${score}, ${level} (ENISA 2013): Kontext ${context} × Identifizierbarkeit ${ease} + Umstände ${circumstances}`,
    besides: 'Außerdem:',
    follows: 'Daraus folgt:',
  },
}
