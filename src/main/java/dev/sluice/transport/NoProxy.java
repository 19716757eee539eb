package dev.sluice.transport;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The origins that are reached without a proxy, as {@code NO_PROXY} lists them:
 * {@code example.com} (and its subdomains), {@code .example.com} and
 * {@code *.example.com} (its subdomains alone), {@code host:port}, addresses, CIDRs, and
 * {@code *} for all. Immutable.
 */
final class NoProxy {

	private final List<BiPredicate<String, Integer>> entries;

	/**
	 * Reads the entries.
	 * @param entries the entries; blank ones are skipped
	 */
	NoProxy(Collection<String> entries) {
		this.entries = entries.stream()
			.map((entry) -> entry.strip().toLowerCase(Locale.ROOT))
			.filter((entry) -> !entry.isEmpty())
			.map(NoProxy::entry)
			.toList();
	}

	/**
	 * Whether an origin is reached directly.
	 * @param origin the origin
	 * @return whether an entry covers it
	 */
	boolean covers(Origin origin) {
		return this.entries.stream().anyMatch((entry) -> entry.test(origin.host(), origin.port()));
	}

	private static BiPredicate<String, Integer> entry(String text) {
		if (text.equals("*")) {
			return (host, port) -> true;
		}
		Optional<Cidr> range = Cidr.parse(unbracketed(text));
		if (range.isPresent()) {
			return (host, port) -> lies(host, range.get());
		}
		int colon = text.lastIndexOf(':');
		String digits = text.substring(colon + 1);
		if (colon > 0 && digits.matches("\\d{1,5}")) {
			BiPredicate<String, Integer> name = entry(text.substring(0, colon));
			return (host, port) -> port == Integer.parseInt(digits) && name.test(host, port);
		}
		return (host, port) -> isNamed(host, text);
	}

	private static boolean lies(String host, Cidr range) {
		return AddressLiteral.parse(host).map(InetAddress::getAddress).filter(range::contains).isPresent();
	}

	private static boolean isNamed(String host, String entry) {
		String name = entry.startsWith("*.") ? entry.substring(1) : entry;
		return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
	}

	private static String unbracketed(String text) {
		return (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
	}

}
