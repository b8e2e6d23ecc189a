// A real OpenID Connect provider on the loopback interface. One of its accounts has a verified address, one an
// unverified address, and one an address of unknown state. Every password is accepted.

import http from 'node:http';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'guildhall', secret: 'a-secret-between-guildhall-and-this-test' };

/** The accounts by login, which is also the subject. The user name differs, so that mix-ups are noticed. */
export const PEOPLE = {
  vera: { preferred_username: 'vrubin', name: 'Vera Rubin', email: 'vera@example.org', email_verified: true },
  ugo: { preferred_username: 'ufano', name: 'Ugo Fano', email: 'ugo@example.org', email_verified: false },
  nora: { preferred_username: 'noneil', name: 'Nora O&#39;Neil', email: 'nora@example.org' },
};

const configuration = {
  clients: [
    {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: ['http://127.0.0.1/sign-in/with/oidc/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
  cookies: { keys: ['only for this test'] },
  pkce: { required: () => true },
  // The library's own forms for signing in and consent, which work without JavaScript.
  features: { devInteractions: { enabled: true } },
  async findAccount(_ctx, login) {
    const claims = Object.hasOwn(PEOPLE, login) && PEOPLE[login];
    if (!claims) return undefined;
    return { accountId: login, claims: async () => ({ ...claims, sub: login }) };
  },
};

/** Starts the provider. Resolves to its issuer and a function that stops it. */
export async function startProvider({ port = 0 } = {}) {
  const server = http.createServer();
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  // The portal under test can have any port.
  provider.Client.prototype.redirectUriAllowed = (uri) => {
    const { protocol, hostname, pathname } = new URL(uri);
    return protocol === 'http:' && hostname === '127.0.0.1' && pathname === '/sign-in/with/oidc/callback';
  };
  server.on('request', provider.callback());
  return { issuer, stop: () => new Promise((done) => server.close(done)) };
}
