package dev.sluice.transport;

import java.util.Set;

import dev.sluice.oci.Printable;

/**
 * Why an egress proxy opens no tunnel (RFC 9110, 9.3.6), and what to do about it.
 */
final class TunnelFault {

	/** What Netty writes before the status of a proxy that answers. */
	private static final String STATUS = "status: ";

	private static final String LOGIN_WANTED = "407";

	/** The proxy would, but can't reach the origin. */
	private static final Set<String> BEYOND_THE_PROXY = Set.of("502", "503", "504");

	private TunnelFault() {
	}

	/**
	 * Says it.
	 * @param message what Netty says, on one line
	 * @param plain whether the origin speaks plain http
	 * @return the fault, without the proxy's name
	 */
	static String text(String message, boolean plain) {
		int at = message.indexOf(STATUS);
		if (at < 0) {
			return "the proxy opens no tunnel ("
					+ Printable.of(message.substring(message.lastIndexOf(", ") + 1).strip()) + ")";
		}
		String status = message.substring(at + STATUS.length());
		return "the proxy refuses the tunnel (" + Printable.of(status) + ")" + advice(status.split(" ", 2)[0], plain);
	}

	private static String advice(String code, boolean plain) {
		if (code.equals(LOGIN_WANTED)) {
			return "; check the login for it in sluice.upstreams[].proxy.url, or "
					+ (plain ? "HTTP_PROXY" : "HTTPS_PROXY");
		}
		return (plain && !BEYOND_THE_PROXY.contains(code))
				? "; plain http goes through a tunnel (CONNECT) too, which some proxies allow to port 443 alone "
						+ "(squid: SSL_ports)"
				: "";
	}

}
