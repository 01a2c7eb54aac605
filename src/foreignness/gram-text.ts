/** A text as runs of characters see it: white space and tags of line breaks are one space, so that layout has no say; a space at each end. */
export function gramText(text: string): string {
  return ` ${text.replace(/<br\s*\/?>/gi, ' ').trim()} `.replace(/\s+/g, ' ').padStart(2);
}
