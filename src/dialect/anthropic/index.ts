import { MessageRequest } from '../../contract/anthropic/request.ts';
import type { Dialect } from '../dialect.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { fail } from './fail.ts';
import { stream } from './stream.ts';

export const anthropic: Dialect = {
  api: 'anthropic',
  request: MessageRequest,
  outputLimits: ['max_tokens'],
  decode,
  encode,
  stream,
  fail,
};
