// A real OpenID Connect provider on a loopback port, with one person whose address is verified and
// one whose address is not. Any password will do.

import http from 'node:http';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'guildhall', secret: 'a-secret-between-guildhall-and-this-test' };

/** The subjects are not the logins: a portal that mixes them up is found out. */
export const PEOPLE = {
  vera: { sub: 'subject-of-vera', name: 'Vera Rubin', email: 'vera@example.org', email_verified: true },
  ugo: { sub: 'subject-of-ugo', name: 'Ugo Fano', email: 'ugo@example.org', email_verified: false },
};

const person = (key) =>
  Object.entries(PEOPLE).find(([login, claims]) => login === key || claims.sub === key);

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
  // The pages of the library: a login form and a consent form, readable without scripts.
  features: { devInteractions: { enabled: true } },
  async findAccount(_ctx, key) {
    const found = person(key);
    if (!found) return undefined;
    const [login, claims] = found;
    return { accountId: claims.sub, claims: async () => ({ ...claims, preferred_username: login }) };
  },
};

/** Starts the provider; resolves to its issuer and a way to stop it. */
export async function startProvider({ port = 0 } = {}) {
  const server = http.createServer();
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  // The portal under test has a port of its own choice.
  provider.Client.prototype.redirectUriAllowed = (uri) => {
    const { protocol, hostname, pathname } = new URL(uri);
    return protocol === 'http:' && hostname === '127.0.0.1' && pathname === '/sign-in/with/oidc/callback';
  };
  server.on('request', provider.callback());
  return { issuer, stop: () => new Promise((done) => server.close(done)) };
}
