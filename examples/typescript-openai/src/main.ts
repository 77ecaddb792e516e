import { text } from 'node:stream/consumers';
import OpenAI from 'openai';
import { draftReply } from './draft-reply.ts';
import { summarise } from './summarise.ts';

// Reads OPENAI_BASE_URL and OPENAI_API_KEY.
const client = new OpenAI();
const ticket = await text(process.stdin);

process.stdout.write(`${await summarise(client, ticket)}\n\n`);
for await (const piece of draftReply(client, ticket)) process.stdout.write(piece);
process.stdout.write('\n');
