package dev.sluice.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.netty.util.NetUtil;

import org.springframework.http.HttpHeaders;

/**
 * The reverse proxies whose word counts on who a client is. {@code Forwarded} (RFC 7239)
 * or {@code X-Forwarded-For} is read from the right, the nearest proxy first, and no
 * further than trusted ones reach: what stands left of them anybody may have written.
 * Thread-safe.
 */
public final class TrustedProxies {

	/** Proxies on the way of a request at most. */
	private static final int LONGEST = 64;

	private final Predicate<InetAddress> trusted;

	/**
	 * Trusts some.
	 * @param trusted tells a trusted proxy's address
	 */
	public TrustedProxies(Predicate<InetAddress> trusted) {
		this.trusted = trusted;
	}

	/**
	 * Who a client is.
	 * @param peer who is at the other end of the connection
	 * @param headers the request's headers
	 * @return the client's address, the peer's own where no trusted proxy says another;
	 * also where both headers are there and differ, for a proxy writes one of them, and
	 * the other may be the client's
	 */
	InetAddress clientOf(InetAddress peer, HttpHeaders headers) {
		if (!this.trusted.test(peer)) {
			return peer;
		}
		List<String> standard = headers.getOrEmpty("Forwarded");
		List<String> usual = headers.getOrEmpty("X-Forwarded-For");
		InetAddress byStandard = last(peer, standard.stream().flatMap((line) -> forwarded(line).stream()).toList());
		InetAddress byUsual = last(peer, usual.stream().flatMap((line) -> split(line, ',').stream()).toList());
		if (standard.isEmpty() || byStandard.equals(byUsual)) {
			return byUsual;
		}
		return usual.isEmpty() ? byStandard : peer;
	}

	private InetAddress last(InetAddress peer, List<String> hops) {
		InetAddress client = peer;
		for (String hop : hops.reversed().subList(0, Math.min(hops.size(), LONGEST))) {
			Optional<InetAddress> before = address(hop);
			client = before.orElse(client);
			if (before.isEmpty() || !this.trusted.test(client)) {
				break;
			}
		}
		return client;
	}

	/** The {@code for} of each element; an element without one hides who it was. */
	private static List<String> forwarded(String line) {
		return split(line, ',').stream()
			.map((element) -> split(element, ';').stream()
				.filter((pair) -> pair.regionMatches(true, 0, "for=", 0, 4))
				.map((pair) -> pair.substring(4))
				.findFirst()
				.orElse(""))
			.toList();
	}

	/** Splits outside of quotes, in one pass. */
	private static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i <= text.length(); i++) {
			boolean end = i == text.length() || (!quoted && text.charAt(i) == separator);
			quoted ^= !end && text.charAt(i) == '"';
			if (end) {
				parts.add(text.substring(start, i).strip());
				start = i + 1;
			}
		}
		return parts;
	}

	/** With or without quotes, brackets and a port. */
	private static Optional<InetAddress> address(String hop) {
		String host = hop.replace("\"", "");
		if (host.startsWith("[")) {
			host = host.substring(1, Math.max(1, host.indexOf(']')));
		}
		else if (host.indexOf(':') == host.lastIndexOf(':') && host.indexOf(':') > 0) {
			host = host.substring(0, host.indexOf(':'));
		}
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
		try {
			return (bytes != null) ? Optional.of(InetAddress.getByAddress(bytes)) : Optional.empty();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("4 or 16 bytes are an address", ex);
		}
	}

}
