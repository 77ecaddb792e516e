import { expect, it } from 'vitest';
import { draftReply } from '../src/draft-reply.ts';
import { ReplyCutError, TicketTooLongError } from '../src/errors.ts';
import { summarise } from '../src/summarise.ts';
import { openSession } from './mock.ts';

const ticket =
  'Where is my order A-1042? It should have been here a week ago. I want my money back.';

it('looks up the order and summarises the ticket', async () => {
  const { client, verify } = openSession();

  expect(await summarise(client, ticket)).toContain('shipped on 3 March');
  const order = ['summary.look-up', 'summary.answer'];
  expect(await verify({ order })).toMatchObject({ result: 'pass' });
});

it('sends its instructions and the ticket, and gives the tool’s result back', async () => {
  const { client, verify } = openSession();
  await summarise(client, ticket);

  const asked = { system: { contains: 'Summarise' }, last: { text: ticket } };
  expect(await verify({ match: { messages: asked } })).toMatchObject({ count: 1 });
  const told = { last: { role: 'tool', text: { contains: '2026-03-03' } } };
  expect(await verify({ match: { messages: told } })).toMatchObject({ count: 1 });
});

it('keeps the reasoning of the turn that called the tool', async () => {
  const { client, judge } = openSession();
  await summarise(client, ticket);

  const { findings, checked } = await judge();
  expect(findings).toEqual([]);
  expect(checked).toMatchObject({ 'dropped-reasoning': 'pass' });
});

it('hands on a reply piece by piece', async () => {
  const { client } = openSession();
  const pieces: string[] = [];
  for await (const piece of draftReply(client, ticket)) pieces.push(piece);
  expect(pieces).toEqual(['We are sorry ', 'that your parcel ', 'is late.']);
});

it('asks again after a 429, once it has waited as long as it was told', async () => {
  const { client, verify, judge } = openSession('rate-limit');

  expect(await summarise(client, ticket)).toContain('Thank you for your patience');
  expect(await verify({})).toMatchObject({ count: 2, calls: 1 });
  const { findings, checked } = await judge();
  expect(findings).toEqual([]);
  expect(checked).toMatchObject({ 'retried-too-early': 'pass', 'gave-up': 'pass' });
});

it('does not take a reply that was cut for a whole one', async () => {
  const { client } = openSession('stream-cut');
  const pieces: string[] = [];
  const drafting = async () => {
    for await (const piece of draftReply(client, ticket)) pieces.push(piece);
  };
  await expect(drafting).rejects.toThrow(ReplyCutError);
  expect(pieces).toEqual(['The first part, ', 'the second part, ']);
});

it('says that a ticket is too long, and does not try again', async () => {
  const { client, verify } = openSession('context-overflow');

  await expect(summarise(client, ticket)).rejects.toThrow(TicketTooLongError);
  expect(await verify({ times: { max: 1 } })).toMatchObject({ result: 'pass' });
});

it('summarises a ticket from a recorded answer, where no fixture has one', async () => {
  const { client, requests } = openSession();

  expect(await summarise(client, 'Do you deliver to Iceland?')).not.toBe('');
  expect(await requests()).toMatchObject([{ status: 200, cassette: 'default' }]);
});
