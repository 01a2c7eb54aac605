import { countOf } from './numbers.js';

/** How long ago something was, given in seconds, in its largest unit: `just now`, `5 min`, `3 h`, `1 day`, `12 days`. */
export function formatAge(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h` : countOf(Math.floor(hours / 24), 'day');
}
