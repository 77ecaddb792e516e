import { Argument, type Command, Option } from 'commander';
import { type Finish, streams } from './finish.ts';

/** The commands that print what the project has generated. */
export function addDocumentCommands(program: Command, finish: Finish): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of the LongCat API')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['yaml', 'json'])
        .default('yaml'),
    )
    .option('--output <file>', 'write it into this file instead')
    .option('--admin', 'the document of the admin API instead')
    .action(async ({ admin, format, output }) => {
      const { openapi } = await import('../commands/openapi.ts');
      finish(await openapi({ name: admin ? 'admin' : 'longcat', format, output }, streams));
    });
  program
    .command('schema')
    .description('print the JSON Schema of fixture files, or of cassettes')
    .addArgument(
      new Argument('[kind]', 'of which files').choices(['fixture', 'cassette']).default('fixture'),
    )
    .action(async (kind) => {
      const { schema } = await import('../commands/schema.ts');
      finish(schema(kind, streams));
    });
}
