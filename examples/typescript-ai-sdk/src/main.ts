import { text } from 'node:stream/consumers';
import { draftReply } from './draft-reply.ts';
import { connect } from './model.ts';
import { summarise } from './summarise.ts';

const model = connect();
const ticket = await text(process.stdin);

process.stdout.write(`${await summarise(model, ticket)}\n\n`);
for await (const piece of draftReply(model, ticket)) process.stdout.write(piece);
process.stdout.write('\n');
