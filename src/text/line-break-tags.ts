// RE2's `\s`, which knows ASCII alone; JavaScript's would also match a no-break space.
const lineBreakTag = /<br[\t\n\f\r ]*\/?>/g;

/** Each `<br />` as a space (lecture item 12). A text is cut before, so a tag that the cut goes through stays as `br`. */
export function withoutTags(text: string): string {
  return text.replace(lineBreakTag, ' ');
}
