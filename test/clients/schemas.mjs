import { z } from 'zod';

/**
 * Without bounds and choices: for `output_config.format` the clients take these out of the schema
 * and put them into its descriptions, in words that the mock does not read.
 */
export const Cat = z.object({
  name: z.string(),
  age: z.int(),
  indoors: z.boolean(),
  toys: z.array(z.object({ title: z.string(), price: z.number() })),
});

/** What the tool is asked; the bounds reach the mock. */
export const Place = z.object({
  city: z.string().min(1),
  days: z.int().min(1).max(7),
  unit: z.enum(['celsius', 'fahrenheit']),
});
