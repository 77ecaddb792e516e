import type { Report } from '../../../src/cli/report/report.ts';

/** A report of what a client would best not have said. */
export const nasty = 'a "b" <c> & \u0000 \u001b[2J \ud800 ]]> | `d` \uffff\nnext';

export const someReport: Report = {
  version: 1,
  mock: '0.0.0',
  counts: {
    requests: 3,
    fixture: 1,
    cassette: 0,
    upstream: 0,
    generated: 0,
    refused: 2,
    unmatched: 1,
    violating: 1,
    findings: 1,
    unlisted: 0,
  },
  sessions: [
    {
      name: `w${nasty}`,
      requests: [
        { id: '1', method: 'POST', path: '/a', status: 200, source: 'fixture', fixture: 'f' },
        {
          id: '2',
          method: 'POST',
          path: `/${nasty}`,
          status: 404,
          source: 'refused',
          problem: {
            kind: 'unmatched',
            message: nasty,
            place: { file: 'a,b:%.yaml', line: 3, column: 5 },
          },
        },
      ],
      findings: [{ rule: 'storm', message: nasty, requests: ['1', '2'] }],
    },
    {
      name: 'w2',
      requests: [
        {
          id: '3',
          method: 'POST',
          path: '/b',
          status: 400,
          source: 'refused',
          problem: { kind: 'violation', message: '/messages: wrong' },
        },
      ],
      findings: [],
    },
  ],
};
