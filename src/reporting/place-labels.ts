/** A rectangle in SVG units. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A label that wants to stand beside a point. */
export interface LabelWish {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Distances of a label from its point that are tried, the nearest first, in SVG units. */
const distances = [9, 13, 18];
/** Directions that are tried, in turns of a circle: right, left, above, below, and between. */
const directions = [0, 0.5, 0.75, 0.25, 0.92, 0.08, 0.58, 0.42, 0.83, 0.17, 0.67, 0.33];

/**
 * Finds places for labels beside their points, where none covers another label or an obstacle and none is nearer to a
 * point that it does not belong to.
 *
 * @param wishes labels, the most important first
 * @param options `inside`: where labels may stand; `obstacles`: what they must not cover, such as the points
 * @returns for each wish its place, or `undefined` when there is none
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  { inside, obstacles }: { inside: Box; obstacles: readonly Box[] },
): (Box | undefined)[] {
  const taken = [...obstacles];
  return wishes.map((wish) => {
    const others = wishes.filter((other) => other !== wish);
    const place = distances
      .flatMap((distance) => directions.map((direction) => boxAt(wish, { distance, direction })))
      .find(
        (box) =>
          isWithin(box, inside) &&
          !taken.some((other) => overlap(box, other)) &&
          others.every((other) => distanceTo(box, other) > distanceTo(box, wish)),
      );
    if (place) taken.push(place);
    return place;
  });
}

/**
 * Spreads labels over a column: each as near to its wish as the others let it, none nearer than `gap` to the next.
 *
 * @param wishes y of each label
 * @param options `top`, `bottom`: ends of the column, far enough from each other for all labels
 * @returns y of each, in the same order from top to bottom as the wishes
 */
export function spread(
  wishes: readonly number[],
  { top, bottom, gap }: { top: number; bottom: number; gap: number },
): number[] {
  const order = wishes.map((_, index) => index).sort((one, other) => wishes[one] - wishes[other]);
  const down = pushed(wishes, { order, from: top, to: bottom, gap });
  const up = pushed(wishes, { order: order.toReversed(), from: bottom, to: top, gap });
  // The mean of two ways that keep the distances keeps them too, and leaves a crowd in the middle of its wishes.
  return down.map((place, index) => (place + up[index]) / 2);
}

/** One after the other, from one end: each at its wish or next to the one before, and in reach of the other end. */
function pushed(
  wishes: readonly number[],
  { order, from, to, gap }: { order: readonly number[]; from: number; to: number; gap: number },
): number[] {
  const sign = from < to ? 1 : -1;
  const places: number[] = [];
  order.forEach((index, rank) => {
    const before = rank === 0 ? from : places[order[rank - 1]] + sign * gap;
    const reach = to - sign * gap * (order.length - 1 - rank);
    const wanted = sign * Math.max(sign * wishes[index], sign * before);
    places[index] = sign * Math.min(sign * wanted, sign * reach);
  });
  return places;
}

/** Whether two boxes share more than a border. */
export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The box whose nearest corner or side, seen from the point in that direction, is at that distance. */
function boxAt(
  { x, y, width, height }: LabelWish,
  { distance, direction }: { distance: number; direction: number },
): Box {
  const angle = direction * 2 * Math.PI;
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const middleX = x + distance * right + (width / 2) * side(right);
  const middleY = y + distance * down + (height / 2) * side(down);
  return {
    left: middleX - width / 2,
    right: middleX + width / 2,
    top: middleY - height / 2,
    bottom: middleY + height / 2,
  };
}

/** -1, 0 or 1; what is nearly 0 is 0. */
const side = (value: number) => (Math.abs(value) < 1e-9 ? 0 : Math.sign(value));

function isWithin(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
  );
}

function distanceTo(box: Box, { x, y }: LabelWish): number {
  const right = Math.max(box.left - x, 0, x - box.right);
  const down = Math.max(box.top - y, 0, y - box.bottom);
  return Math.hypot(right, down);
}
