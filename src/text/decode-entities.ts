/** The names of U+00A0 to U+00FF, in their order (HTML 4.01, section 24.2). */
const latin = `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
  micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
  Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute
  Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute
  icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`;

/** The marks of section 24.4 of HTML 4.01, and the apostrophe of XML. */
const marks: Readonly<Record<string, number>> = {
  ...{ quot: 0x22, amp: 0x26, apos: 0x27, lt: 0x3c, gt: 0x3e },
  ...{ OElig: 0x152, oelig: 0x153, Scaron: 0x160, scaron: 0x161, Yuml: 0x178, circ: 0x2c6, tilde: 0x2dc },
  ...{ ensp: 0x2002, emsp: 0x2003, thinsp: 0x2009, ndash: 0x2013, mdash: 0x2014 },
  ...{ lsquo: 0x2018, rsquo: 0x2019, sbquo: 0x201a, ldquo: 0x201c, rdquo: 0x201d, bdquo: 0x201e },
  ...{
    dagger: 0x2020,
    Dagger: 0x2021,
    bull: 0x2022,
    hellip: 0x2026,
    permil: 0x2030,
    prime: 0x2032,
    Prime: 0x2033,
  },
  ...{ lsaquo: 0x2039, rsaquo: 0x203a, euro: 0x20ac, trade: 0x2122, minus: 0x2212 },
};

const codePointOf = new Map([
  ...Object.entries(marks),
  ...latin.split(/\s+/).map((name, place): [string, number] => [name, 0xa0 + place]),
]);

/** What browsers read in &#128; to &#159; (HTML Living Standard, numeric character reference end state); 0: as it is. */
const windows1252 = [
  ...[
    0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d,
    0,
  ],
  ...[
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e,
  ],
  0x178,
];

const entity = /&(?:#(\d+)|#[xX]([\da-fA-F]+)|([A-Za-z]+\d*));/g;

/**
 * A text with HTML's character references, as numbers or by name (the Latin letters and the marks of HTML 4), as the
 * characters that they stand for. One that nobody knows stays as it is, and so does an ampersand alone. Each is read
 * once: `&amp;lt;` becomes `&lt;`.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) {
      const codePoint = codePointOf.get(name);
      return codePoint === undefined ? whole : String.fromCodePoint(codePoint);
    }
    return numbered(decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal));
  });
}

function numbered(codePoint: number): string {
  if (codePoint >= 0x80 && codePoint <= 0x9f) {
    return String.fromCodePoint(windows1252[codePoint - 0x80] || codePoint);
  }
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : '\ufffd';
}
