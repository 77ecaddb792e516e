export const firstWords =
  'amber brisk calm early gentle green lucid quiet silver small sunny warm'.split(' ');
export const lastWords =
  'bridge cedar field harbor lake lantern meadow orchard river stone trail valley'.split(' ');

/** Readable texts by the words that a member's name may have. */
export const textsByName: Readonly<Record<string, readonly string[]>> = {
  'address street': ['12 Harbor Street', '48 Cedar Avenue'],
  'body comment content description message note prompt reason summary text': [
    'A short note about the river.',
    'Please check the latest figures.',
  ],
  'city destination location origin place': ['Paris', 'Tokyo', 'Beijing', 'Nairobi', 'Lima'],
  'cmd command': ['ls -la', 'git status', 'npm test'],
  'color colour': ['blue', 'green', 'orange'],
  country: ['France', 'Japan', 'China', 'Kenya', 'Peru'],
  currency: ['USD', 'EUR', 'CNY', 'JPY'],
  'date day': ['2025-03-14', '2025-06-02', '2025-11-20'],
  'directory folder': ['/home/user/project', '/tmp'],
  'email mail': ['ada@example.com', 'mei@example.org'],
  expression: ['2 + 2', '(3 + 4) * 5'],
  'file filename': ['notes.txt', 'report.md', 'main.ts'],
  'host hostname domain': ['example.com', 'api.example.org'],
  id: ['a1b2c3', 'item-42', 'x-1007'],
  'lang language locale': ['en', 'fr', 'zh', 'ja'],
  name: ['Ada Lovelace', 'Grace Hopper', 'Wang Mei'],
  path: ['/home/user/notes.txt', './src/main.ts'],
  phone: ['+1-202-555-0143', '+33 1 70 18 99 00'],
  'keyword query question search': ['best noodle shops', 'weather tomorrow', 'train times'],
  'symbol ticker': ['AAPL', 'MSFT'],
  time: ['09:30', '14:00', '18:45'],
  timezone: ['Europe/Paris', 'Asia/Shanghai', 'UTC'],
  title: ['Quarterly report', 'Meeting notes'],
  unit: ['celsius', 'meters', 'kilograms'],
  'link uri url': ['https://example.com/', 'https://example.org/docs'],
  'user username': ['ada', 'grace', 'mei'],
};
