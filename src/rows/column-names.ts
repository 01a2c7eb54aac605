/** What columns of texts are called, the surest first; lower case, without accents. */
export const textNames: readonly string[] = [
  ...['text', 'texts', 'review', 'review text', 'body', 'content', 'message', 'sentence', 'comment'],
  ...['document', 'tweet', 'post', 'question', 'utterance', 'description', 'abstract', 'summary', 'article'],
  ...['texte', 'texto', 'testo', 'tekst', 'inhalt', 'nachricht', 'kommentar', 'bewertung', 'satz'],
  ...['beschreibung', 'avis', 'commentaire', 'contenu', 'phrase', 'comentario', 'contenido', 'mensaje'],
  ...['resena', 'frase', 'recensione', 'commento', 'resenha', 'recensie', 'bericht', 'recension'],
  ...['текст', 'отзыв', 'комментарии', 'сообщение', '文本', '评论', '内容', '本文', 'テキスト', 'レヒュー'],
  ...['텍스트', '리뷰', 'title', 'headline', 'titel', 'titre', 'titulo', 'titolo', 'subject'],
].map((name) => name.normalize('NFKD').replace(/\p{M}/gu, ''));

/** What columns of labels are called, the surest first. */
export const labelNames: readonly string[] = [
  ...['label', 'labels', 'class', 'category', 'categories', 'sentiment', 'target', 'polarity', 'topic'],
  ...['intent', 'emotion', 'rating', 'stars', 'score', 'grade', 'tag', 'tags', 'y', 'classification', 'spam'],
  ...['klasse', 'kategorie', 'etikett', 'stimmung', 'sterne', 'thema', 'classe', 'categorie', 'etiquette'],
  ...['etiqueta', 'clase', 'categoria', 'sentimiento', 'sentimento', 'etichetta', 'estrellas', 'stelle'],
  ...['метка', 'класс', 'категория', 'тональность', 'оценка', '标签', '类别', '情感', 'ラヘル', 'カテコリ'],
  ...['레이블', '라벨', 'type'],
].map((name) => name.normalize('NFKD').replace(/\p{M}/gu, ''));

/** A header as the lists above have it: `Review_Text ` is `review text`. */
function plainName(header: string): string {
  const letters = header.normalize('NFKD').replace(/\p{M}/gu, '');
  const words = letters.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').toLowerCase();
  return words.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * The place of a header in a list: whole names come before those of which a word is in the list; undefined where neither
 * is.
 */
export function rankOfName(header: string, names: readonly string[]): number | undefined {
  const name = plainName(header);
  const whole = names.indexOf(name);
  if (whole >= 0) return whole;
  const words = name.split(' ').map((word) => names.indexOf(word));
  const best = Math.min(...words.filter((rank) => rank >= 0));
  return Number.isFinite(best) ? names.length + best : undefined;
}
