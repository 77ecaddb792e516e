import { ChatRequest } from '../../contract/openai/request.ts';
import type { Dialect } from '../dialect.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { fail } from './fail.ts';
import { stream } from './stream.ts';

export const openai: Dialect = {
  api: 'openai',
  request: ChatRequest,
  outputLimits: ['max_tokens', 'max_completion_tokens'],
  decode,
  encode,
  stream,
  fail,
};
