package dev.sluice.route;

import java.util.Optional;

import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Host} header (RFC 9110, 7.2).
 */
final class HostHeader {

	private static final int LONGEST = 512;

	private HostHeader() {
	}

	/**
	 * Whether a host is this machine, by its name alone.
	 * @param host the host
	 * @return whether it is
	 */
	static boolean isLoopback(RegistryName host) {
		String name = host.host();
		return name.equals("localhost") || name.endsWith(".localhost") || name.startsWith("127.")
				|| name.equals("[::1]");
	}

	/**
	 * Reads it. The dot that ends an absolute DNS name doesn't count.
	 * @param header the header's value, or null
	 * @return the host and its port, or empty if it is none
	 */
	static Optional<RegistryName> read(@Nullable String header) {
		if (header == null || header.length() > LONGEST) {
			return Optional.empty();
		}
		return RegistryName
			.tryParse(header.endsWith(".") ? header.substring(0, header.length() - 1) : header.replace(".:", ":"));
	}

}
