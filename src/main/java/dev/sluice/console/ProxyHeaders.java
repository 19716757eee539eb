package dev.sluice.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that tell of a proxy between a client and us: what reverse proxies, load
 * balancers, sidecars, tunnels and delivery networks put into requests, and clients
 * don't.
 */
final class ProxyHeaders {

	/** RFC 7239, RFC 9110 (7.6.3), RFC 8586, RFC 9440, and what vendors made up. */
	private static final Set<String> NAMES = Set.of("forwarded", "via", "cdn-loop", "client-ip", "client-cert",
			"client-cert-chain", "true-client-ip", "remote-addr", "remote-ip", "wl-proxy-client-ip", "proxy-client-ip",
			"x-real-ip", "x-real-port", "x-client-ip", "x-client-port", "x-client-dn", "x-client-cert",
			"x-client-verify", "x-cluster-client-ip", "x-remote-ip", "x-remote-addr", "x-remote-user", "x-proxyuser-ip",
			"x-source-ip", "x-host", "x-scheme", "x-url-scheme", "x-rewrite-url", "x-request-start", "x-queue-start",
			"x-varnish", "x-traefik-router", "x-nginx-proxy", "x-cloud-trace-context", "x-proxy-id", "x-http-via",
			"x-bluecoat-via", "x-coming-from", "x-proxied-by", "x-pomerium-jwt-assertion", "x-goog-iap-jwt-assertion",
			"x-ms-client-principal", "tailscale-user-login", "incap-client-ip", "ali-cdn-real-ip", "cdn-src-ip",
			"cdn-real-ip", "surrogate-capability", "front-end-https", "x-appengine-user-ip", "x-vercel-id",
			"x-nf-client-connection-ip", "x-sucuri-clientip", "x-ssl-client-verify");

	private static final List<String> BEGINNINGS = List.of("x-forwarded", "x-original-", "x-envoy-", "x-arr-",
			"x-azure-", "x-amzn-", "x-amz-cf-", "x-google-", "x-istio-", "cf-", "fastly-", "fly-", "akamai-",
			"x-akamai-", "cloudfront-", "ngrok-", "tailscale-", "x-haproxy-", "l5d-", "linkerd-", "x-kong-",
			"x-consumer-", "x-authentik-", "x-auth-request-", "remote-", "x-render-", "true-client-", "x-proxy");

	private ProxyHeaders() {
	}

	/**
	 * Whether a header is a proxy's.
	 * @param header its name, in any case
	 * @return whether it tells that the request came through one
	 */
	static boolean isOne(String header) {
		String name = header.toLowerCase(Locale.ROOT).replace('_', '-');
		return NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith);
	}

}
