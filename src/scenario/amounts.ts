import { z } from 'zod/v3';

export const Milliseconds = z.number().min(0).max(3_600_000);
export const Count = z.number().int().min(0);
