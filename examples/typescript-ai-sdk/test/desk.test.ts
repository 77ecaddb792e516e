import { expect, it } from 'vitest';
import { draftReply } from '../src/draft-reply.ts';
import { TicketTooLongError } from '../src/errors.ts';
import { summarise } from '../src/summarise.ts';
import { openSession } from './mock.ts';

const ticket =
  'Where is my order A-1042? It should have been here a week ago. I want my money back.';

it('looks up the order and summarises the ticket', async () => {
  const { model, verify } = openSession();

  expect(await summarise(model, ticket)).toContain('shipped on 3 March');
  const order = ['summary.look-up', 'summary.answer'];
  expect(await verify({ order })).toMatchObject({ result: 'pass' });
});

it('sends its instructions and the ticket, and gives the tool’s result back', async () => {
  const { model, verify } = openSession();
  await summarise(model, ticket);

  const asked = { system: { contains: 'Summarise' }, last: { text: ticket } };
  expect(await verify({ match: { messages: asked } })).toMatchObject({ count: 1 });
  const told = { last: { role: 'tool', text: { contains: '2026-03-03' } } };
  expect(await verify({ match: { messages: told } })).toMatchObject({ count: 1 });
});

it('keeps the reasoning of the turn that called the tool', async () => {
  const { model, judge } = openSession();
  await summarise(model, ticket);

  const { findings, checked } = await judge();
  expect(findings).toEqual([]);
  expect(checked).toMatchObject({ 'dropped-reasoning': 'pass' });
});

it('hands on a reply piece by piece', async () => {
  const { model } = openSession();
  const pieces: string[] = [];
  for await (const piece of draftReply(model, ticket)) pieces.push(piece);
  expect(pieces).toEqual(['We are sorry ', 'that your parcel ', 'is late.']);
});

it('asks again after a 429, once it has waited as long as it was told', async () => {
  const { model, verify, judge } = openSession('rate-limit');

  expect(await summarise(model, ticket)).toContain('Thank you for your patience');
  expect(await verify({})).toMatchObject({ count: 2 });
  const { findings, checked } = await judge();
  expect(findings).toEqual([]);
  expect(checked).toMatchObject({ 'retried-too-early': 'pass', 'gave-up': 'pass' });
});

it('does not take a reply that was cut for a whole one', async () => {
  const { model } = openSession('stream-cut');
  const pieces: string[] = [];
  const drafting = async () => {
    for await (const piece of draftReply(model, ticket)) pieces.push(piece);
  };
  await expect(drafting).rejects.toThrow('ended without a finish reason');
  expect(pieces).toEqual(['The first part, ', 'the second part, ']);
});

it('says that a ticket is too long, and does not try again', async () => {
  const { model, verify } = openSession('context-overflow');

  await expect(summarise(model, ticket)).rejects.toThrow(TicketTooLongError);
  expect(await verify({ times: { max: 1 } })).toMatchObject({ result: 'pass' });
});

it('summarises a ticket from a recorded answer, where no fixture has one', async () => {
  const { model, requests } = openSession();

  expect(await summarise(model, 'Do you deliver to Iceland?')).not.toBe('');
  expect(await requests()).toMatchObject([{ status: 200, cassette: 'default' }]);
});
