/** Whether a string is a well-formed language tag (BCP 47), such as `ja`, `pt-BR` or `und`. */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
