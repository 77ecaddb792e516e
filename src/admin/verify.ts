import { defaultSession } from '../engine/session.ts';
import { verify } from '../engine/verify.ts';
import { compileMatch } from '../scenario/match.ts';
import type { Handlers } from './handler.ts';

export const verifyHandlers: Handlers<'verifyRequests'> = {
  verifyRequests({ body }, { engine, toSubject }) {
    const { session = defaultSession, match = {}, ...criteria } = body;
    const { journal } = engine;
    const verification = verify(
      journal.list({ session }),
      { session, conditions: compileMatch(match), ...criteria },
      { toSubject, ...journal.count(session) },
    );
    switch (verification.result) {
      case 'pass':
        return { status: 200, body: verification };
      case 'fail':
        return { status: 406, body: verification };
      default:
        return { status: 409, body: verification };
    }
  },
};
