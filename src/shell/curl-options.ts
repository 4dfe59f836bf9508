import type { Word } from 'unbash';

/** A word of a call of curl, by what it is for. */
export interface CurlOption {
  /** `X`, `request`, …; empty for an address. */
  readonly name: string;
  /** The word that holds the value; the value is what follows `from` characters of it. */
  readonly word?: Word;
  readonly from: number;
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Short options of curl that take a value (curl 8, `curl --help all`): what follows them in a bundle is no option. */
const shortWithValue = new Set('AbcCdDeEFhHKmoPQrtTuUwxXyYz');
const shortWithout = new Set('012346:#aBfgGiIjJklLMnNOpqRsSvVZ');

/** Long options that take a value, of the same source. */
const longWithValue = namesIn(`
  abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie
  cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface
  dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout form
  form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip
  header help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl
  limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy
  oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert
  proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
  proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0
  pubkey quote random-file range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid
  service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option
  tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket
  upload-file url url-query user user-agent variable vlan-priority write-out`);

const longWithout = namesIn(`
  anyauth append basic buffer ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt
  disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body false-start form-escape
  ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control get globoff haproxy-protocol head http0.9 http1.0
  http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies
  keepalive list-only location location-trusted mail-rcpt-allowfails manual metalink negotiate netrc netrc-optional next ntlm
  ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303 progress-bar progress-meter proxy-anyauth proxy-basic
  proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel
  raw remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir
  sessionid show-error show-headers silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast
  ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers
  tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time
  use-ascii verbose version xattr`);

/** The long options that curl 8 has. */
export const longOptions: readonly string[] = [...longWithValue, ...longWithout];

/** Whether curl has an option of this name, long or short. */
export function isCurlOption(name: string): boolean {
  return name.length === 1
    ? shortWithValue.has(name) || shortWithout.has(name)
    : longWithValue.has(name) || isWithout(name);
}

/** Any option without a value can be taken back with `--no-`. */
function isWithout(name: string): boolean {
  return longWithout.has(name) || (name.startsWith('no-') && longWithout.has(name.slice(3)));
}

/** The whole name of an option that is cut short, as curl reads it: where only one begins so. */
function whole(name: string): string {
  if (isCurlOption(name)) return name;
  const [only, ...others] = longOptions.filter((one) => one.startsWith(name));
  return only === undefined || others.length > 0 ? name : only;
}

/** The options and addresses of a call of curl, in order. An option that curl does not have takes the next word, if that is no address. */
export function curlOptions(args: readonly Word[]): readonly CurlOption[] {
  const found: CurlOption[] = [];
  const end = args.findIndex(({ value }) => value === '--');
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === undefined) break;
    const { value } = word;
    if (at === end) continue;
    if (!value.startsWith('-') || value.length < 2 || (end >= 0 && at > end)) {
      found.push({ name: '', word, from: 0 });
      continue;
    }
    if (value.startsWith('--')) {
      const name = whole(value.slice(2));
      const next = args[at + 1];
      // An option that is not curl's does not take the address along, so that it can be named as what is wrong.
      const isAlone = !isCurlOption(name) && /^https?:\/\//.test(next?.value ?? '');
      if (isWithout(name) || isAlone || next === undefined) found.push({ name, from: 0 });
      else {
        found.push({ name, word: next, from: 0 });
        at += 1;
      }
      continue;
    }
    for (let letter = 1; letter < value.length; letter += 1) {
      const name = value[letter] ?? '';
      if (!shortWithValue.has(name)) {
        found.push({ name, from: 0 });
        continue;
      }
      const isAttached = letter + 1 < value.length;
      const holder = isAttached ? word : args[at + 1];
      found.push({ name, ...(holder && { word: holder }), from: isAttached ? letter + 1 : 0 });
      if (!isAttached) at += 1;
      break;
    }
  }
  return found;
}
