// Sentences of other languages about anything, films too, made of parts: 3 languages, 70 sentences each.
const parts = {
  German: {
    begin: [
      'Der Zug nach München fährt heute leider',
      'Gestern haben wir mit den Kindern im Garten',
      'Die Regierung hat am Dienstag beschlossen, dass',
      'Ich fand den Film ziemlich langweilig, denn',
      'Meine Großmutter erzählte uns immer wieder, wie',
      'Wer morgen früh einkaufen geht, sollte wissen, dass',
      'Das neue Buch der Autorin handelt davon, wie',
    ],
    end: [
      'die Schauspieler viel zu leise gesprochen haben.',
      'eine Stunde zu spät ab.',
      'niemand mehr genug Zeit für seine Freunde hat.',
      'die Straßen im Winter gesperrt bleiben.',
      'lange über das Wetter und die Ernte geredet.',
      'alles doch noch ein gutes Ende nahm.',
      'die Preise im nächsten Jahr wieder steigen werden.',
      'man einen Kuchen ohne Eier backen kann.',
      'der Hund des Nachbarn jede Nacht bellt.',
      'kaum jemand den Weg zum Bahnhof kannte.',
    ],
  },
  Spanish: {
    begin: [
      'El tren de Sevilla llega siempre tarde porque',
      'Ayer por la tarde mis hermanos dijeron que',
      'La película me pareció muy aburrida, ya que',
      'El gobierno anunció el martes que',
      'Mi abuela nos contaba muchas veces cómo',
      'Quien vaya mañana al mercado debe saber que',
      'El nuevo libro de la escritora explica por qué',
    ],
    end: [
      'los actores hablaban demasiado bajo.',
      'nadie tiene tiempo para sus amigos.',
      'las calles estarán cerradas durante el invierno.',
      'la cosecha fue buena a pesar de la lluvia.',
      'al final todo salió bien.',
      'los precios van a subir otra vez el próximo año.',
      'se puede hacer un pastel sin huevos.',
      'el perro del vecino ladra todas las noches.',
      'casi nadie conocía el camino a la estación.',
      'el agua del río bajaba muy fría.',
    ],
  },
  French: {
    begin: [
      'Le train pour Lyon part encore en retard parce que',
      'Hier soir mes cousins nous ont dit que',
      "J'ai trouvé le film plutôt ennuyeux, car",
      'Le gouvernement a annoncé mardi que',
      'Ma grand-mère nous racontait souvent comment',
      'Ceux qui iront demain au marché doivent savoir que',
      'Le nouveau livre de cette auteure montre pourquoi',
    ],
    end: [
      'les acteurs parlaient beaucoup trop bas.',
      "personne n'a plus le temps de voir ses amis.",
      "les rues resteront fermées pendant l'hiver.",
      'la récolte fut bonne malgré la pluie.',
      'tout a fini par bien se passer.',
      "les prix vont encore augmenter l'année prochaine.",
      'on peut faire un gâteau sans œufs.',
      'le chien du voisin aboie toutes les nuits.',
      'presque personne ne connaissait le chemin de la gare.',
      "l'eau de la rivière était très froide.",
    ],
  },
};

/** @returns sentences by language */
export function foreignSentences() {
  return Object.fromEntries(
    Object.entries(parts).map(([language, { begin, end }]) => [
      language,
      begin.flatMap((start) => end.map((rest) => `${start} ${rest}`)),
    ]),
  );
}
