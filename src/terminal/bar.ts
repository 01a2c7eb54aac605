/** A bar for a share from 0 to 1, `width` (default 50) characters for 1; a share above 0 always shows at least one mark. */
export function bar(share: number, { width = 50 }: { width?: number } = {}): string {
  return '#'.repeat(Math.ceil(share * width));
}
