import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { classifyFailure, startError } from '../../../adapters/slack/slack-failure.ts';

function platformError(error: string, fields: object = {}): Error {
  return new webApi.WebAPIPlatformError({ ok: false, error, ...fields });
}

function httpError(status: number): Error {
  return new webApi.WebAPIHTTPError(status, 'text', {}, 'body');
}

describe('classifyFailure', () => {
  it.each([
    ['an error of Slack', platformError('channel_not_found'), 'refused', 'channel_not_found'],
    ['an error after which the work may be done', platformError('internal_error'), 'lost', 'internal_error'],
    ['a page of a proxy', platformError('<html>Sign in</html>'), 'lost', 'not_json'],
    ['a rate limit', new webApi.WebAPIRateLimitedError(30), 'limited', 'ratelimited'],
    ['a wrong address', httpError(404), 'refused', 'http_404'],
    ['a server that broke', httpError(502), 'lost', 'http_502'],
    ['a request that the server gave up on', httpError(408), 'lost', 'http_408'],
    ['a lost connection', new webApi.WebAPIRequestError(new Error('fetch failed')), 'lost', 'no_answer'],
    ['an answer cut short', new TypeError('terminated'), 'lost', 'no_answer'],
  ])('sorts %s', (_name, error, kind, code) => {
    expect(classifyFailure(error, 'chat.postMessage')).toMatchObject({ kind, code });
  });

  it('says when a limited call may be made again', () => {
    const failure = classifyFailure(new webApi.WebAPIRateLimitedError(30), 'chat.postMessage');
    expect(failure).toMatchObject({ kind: 'limited', retryAfterMs: 30_000 });
  });

  it('says what would help', () => {
    const { message } = classifyFailure(
      platformError('missing_scope', { needed: 'chat:write' }),
      'chat.postMessage',
    );
    expect(message).toBe(
      'Slack refused chat.postMessage: missing_scope (add the scope chat:write to the app and install it again)',
    );
  });

  it('names the innermost cause of a lost connection', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:9');
    const error = new webApi.WebAPIRequestError(new TypeError('fetch failed', { cause }));
    expect(classifyFailure(error, 'auth.test').message).toBe(
      'no answer from Slack to auth.test: connect ECONNREFUSED 127.0.0.1:9',
    );
  });
});

describe('startError', () => {
  it.each([
    [platformError('invalid_auth'), 'PLATFORM_REFUSED', 'SLACK_BOT_TOKEN'],
    [httpError(404), 'PLATFORM_UNREACHABLE', 'SLACK_API_URL'],
    [new webApi.WebAPIRateLimitedError(600), 'PLATFORM_UNREACHABLE', 'SLACK_API_URL'],
  ])('names the setting to check', (error, code, setting) => {
    const thrown = startError(classifyFailure(error, 'auth.test'), 'SLACK_BOT_TOKEN');
    expect(thrown.code).toBe(code);
    expect(thrown.message).toContain(setting);
  });
});
