import type { Random } from '../random.ts';
import { asNumber, type Node } from './node.ts';

/** A small number within the bounds: whole where the bounds leave room for it. */
export function makeNumber(schema: Node, source: Random): number {
  const above = asNumber(schema['exclusiveMinimum'], -Infinity);
  const below = asNumber(schema['exclusiveMaximum'], Infinity);
  const lowest = Math.max(asNumber(schema['minimum'], -Infinity), above);
  const highest = Math.min(asNumber(schema['maximum'], Infinity), below);
  const types = [schema['type']].flat();
  const isWhole = types.includes('integer') && !types.includes('number');
  const step = asNumber(schema['multipleOf'], isWhole || highest - lowest > 2 ? 1 : 0.01);
  const [low, high] = chooseWindow(lowest, highest, step);
  const first = Math.ceil(low / step);
  for (let tries = 0; tries < 20; tries += 1) {
    const factor = first + source.below(Math.max(0, Math.floor(high / step) - first) + 1);
    const value = multiply(factor, step);
    const isInside = value >= lowest && value <= highest && value > above && value < below;
    // Some validators divide, and binary fractions may leave dust.
    const isStep = schema['multipleOf'] === undefined || Number.isInteger(value / step);
    if (isInside && isStep && (!isWhole || Number.isInteger(value))) return value;
  }
  // No step falls between 0 and 0.001, say: any number there will do.
  const between = low + (high - low) * (0.25 + source.next() / 2);
  return Number.isFinite(between) && !isWhole ? between : Math.ceil(Math.min(low, 2 ** 53));
}

function chooseWindow(lowest: number, highest: number, step: number): [number, number] {
  const width = 100 * Math.max(1, step);
  if (Number.isFinite(lowest)) return [lowest, Math.min(highest, lowest + width)];
  if (!Number.isFinite(highest)) return [0, width];
  return [highest > 0 ? 0 : highest - width, highest];
}

/** A whole factor times a decimal step, without the dust of binary fractions. */
function multiply(factor: number, step: number): number {
  const product = factor * step;
  return Number.isInteger(step) ? product : Number(product.toPrecision(12));
}
