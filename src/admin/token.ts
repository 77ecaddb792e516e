import { timingSafeEqual } from 'hono/utils/buffer';

/** Whether a request shows the token, in a time that does not tell how much of it is right. */
export async function showsToken(headers: Headers, token: string): Promise<boolean> {
  const [, bearer] = /^bearer\s+(.*)$/i.exec(headers.get('authorization') ?? '') ?? [];
  const given = headers.get('x-longcat-mock-admin-token') ?? bearer;
  return given !== undefined && timingSafeEqual(given, token);
}
