import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { expectTypeOf, it } from 'vitest';
import {
  type AnthropicConnection,
  defineFixture,
  defineScenario,
  type FixtureInput,
  type OpenAIConnection,
} from '../../src/index.ts';

it('a fixture is what a file may hold', () => {
  expectTypeOf(
    defineFixture({ id: 'a', respond: [{ text: 'One.' }, { error: 'rate_limit_exceeded' }] }),
  ).toEqualTypeOf<FixtureInput>();
});

it('a wrong member of a fixture is an error', () => {
  // @ts-expect-error: text, not txt
  defineFixture({ id: 'a', respond: { txt: 'One.' } });
  // @ts-expect-error: model, not modle
  defineFixture({ id: 'a', match: { modle: 'LongCat-2.0' }, respond: {} });
  // @ts-expect-error: no error of this name is in the catalogue
  defineFixture({ id: 'a', respond: { error: 'too_lazy' } });
  // @ts-expect-error: no quirk has this name
  defineFixture({ id: 'a', respond: { quirks: { 'usage-never': true } } });
  // @ts-expect-error: an id is wanted
  defineFixture({ respond: {} });
});

it('a scenario is a file, whose version may be left out', () => {
  defineScenario({ scenario: 'trip', fixtures: [{ id: 'a', respond: {} }] });
  // @ts-expect-error: fixtures, not fixture
  defineScenario({ scenario: 'trip', fixture: [] });
});

it('the official clients take what a session gives', () => {
  expectTypeOf<OpenAIConnection>().toExtend<ConstructorParameters<typeof OpenAI>[0]>();
  expectTypeOf<AnthropicConnection>().toExtend<ConstructorParameters<typeof Anthropic>[0]>();
});
