package dev.sluice.settings.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.ReservedHeaders;
import dev.sluice.settings.Home;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.PlainName;
import dev.sluice.settings.UpstreamProperties;
import dev.sluice.transport.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * What the values of an upstream's settings must be, beyond their types: checked at the
 * start, so that a wrong one is no surprise at the first pull.
 */
public final class SettingRules {

	static final String NO_HEADER_NAME = "expected a header's name";

	private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\p{Print}\\t]*");

	private static final Pattern OCTAL = Pattern.compile("(?:^|[.:])0\\d{1,2}\\.|\\.0\\d|/0\\d");

	private SettingRules() {
	}

	/**
	 * Checks one upstream.
	 * @param property its property, {@code sluice.upstreams[index]}
	 * @param given its settings
	 * @throws InvalidSettingException naming the first that is wrong
	 */
	public static void check(String property, UpstreamProperties given) {
		UpstreamProperties.Tls tls = given.tls();
		file(property + ".tls.certificate-authority", tls.certificateAuthority());
		file(property + ".tls.certificate", tls.certificate());
		file(property + ".tls.key", tls.key());
		positive(property + ".pool.size", given.pool().size());
		positive(property + ".pool.pending", given.pool().pending());
		given.allowHosts().forEach((host) -> host(property + ".allow-hosts", host));
		networks(property + ".allow-networks", given.allowNetworks());
		UpstreamProperties.Proxy proxy = given.proxy();
		if (proxy != null) {
			proxy.noProxy().forEach((entry) -> direct(property + ".proxy.no-proxy", entry));
		}
		given.headers().forEach((name, value) -> header(property + ".headers", name, value));
		Set<String> names = new HashSet<>();
		given.headers()
			.keySet()
			.stream()
			.sorted()
			.forEach((name) -> require(names.add(name.toLowerCase(Locale.ROOT)), property + ".headers", name,
					"it is there twice: case makes no other header of a name"));
	}

	/**
	 * Checks ranges of addresses.
	 * @param property their property
	 * @param given as configured
	 * @throws InvalidSettingException naming the first that is none
	 */
	public static void networks(String property, Collection<String> given) {
		given.forEach((network) -> {
			Optional<Cidr> read = Cidr.parse(network);
			require(read.isPresent(), property, network,
					"expected an address or a range of addresses, such as 10.1.0.0/16 or fd00::/8");
			read.ifPresent((range) -> requireExact(property, network, range));
		});
	}

	/** Who writes more than the network, or octal numbers, may mean another range. */
	private static void requireExact(String property, String text, Cidr range) {
		require(range.isExact(), property, text,
				"it goes on behind its prefix: write " + range.network() + ", or the address alone");
		require(!OCTAL.matcher(text).find(), property, text,
				"a number of it begins with 0, which some read as octal: write " + range.network());
	}

	/**
	 * Checks a number of things.
	 * @param property its property
	 * @param given as configured
	 * @throws InvalidSettingException if it is none at all
	 */
	public static void positive(String property, int given) {
		require(given > 0, property, given, "expected 1 or more");
	}

	static boolean isHeaderName(String text) {
		return HEADER_NAME.matcher(text).matches();
	}

	private static void file(String property, @Nullable Path given) {
		Path path = Home.expand(given);
		require(path == null || (Files.isReadable(path) && !Files.isDirectory(path)), property, path,
				"expected a file that can be read");
	}

	/** The guard compares hosts, so that a port or a pattern would match none. */
	private static void host(String property, String text) {
		RegistryName host = PlainName.read(property, text);
		require(host.port().isEmpty(), property, text, "expected a host without a port: all its ports are meant");
	}

	/** What is no host would match none, and the proxy be gone through. */
	private static void direct(String property, String text) {
		String entry = text.strip();
		String range = entry.replaceFirst("^\\[([^]]{1,50})]$", "$1").replaceFirst("(/\\d{1,3}):\\d{1,5}$", "$1");
		boolean right = entry.isEmpty() || entry.equals("*") || Cidr.parse(range).isPresent()
				|| RegistryName.tryParse(entry.replaceFirst("^\\*?\\.", "")).isPresent();
		require(right, property, entry, "expected a host, a domain (.corp.example), an address, a range of addresses"
				+ " (10.0.0.0/8), host:port or *");
		Cidr.parse(range).ifPresent((network) -> requireExact(property, entry, network));
	}

	/** Says nothing of the value, which may be a secret. */
	private static void header(String property, String name, String value) {
		require(isHeaderName(name), property, name, NO_HEADER_NAME);
		require(!ReservedHeaders.has(name), property, name,
				"Sluice decides it for each request, and so Host, Accept, Accept-Encoding, Range and Expect, what begins"
						+ " with Content-, If- or Proxy-, and the headers of a single connection; any other is taken");
		require(HEADER_VALUE.matcher(value).matches(), property, name, "its value must be one line of ASCII");
	}

	private static void require(boolean right, String property, @Nullable Object value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

}
