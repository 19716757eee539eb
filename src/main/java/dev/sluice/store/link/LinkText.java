package dev.sluice.store.link;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link as it stands in its file: what it is about in words for people, and what is read
 * again. A file that says anything else is none of ours.
 */
final class LinkText {

	private static final String HEAD = "sluice-link 1\n";

	private static final Pattern VALUES = Pattern
		.compile("length ([0-9]{1,18}|-)\nconfirmed ([0-9]{1,12})\nas ([0-9a-z]{1,128})\n");

	private LinkText() {
	}

	static byte[] of(LinkKey key, Link link) {
		String length = link.length().isPresent() ? Long.toString(link.length().getAsLong()) : "-";
		String text = about(key) + "length " + length + "\nconfirmed " + link.confirmed().getEpochSecond() + "\nas "
				+ link.fingerprint() + "\n";
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Nothing, if the file isn't about that, or was written by somebody else. */
	static Optional<Link> read(LinkKey key, byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8);
		String about = about(key);
		if (!text.startsWith(about)) {
			return Optional.empty();
		}
		Matcher values = VALUES.matcher(text).region(about.length(), text.length());
		return values.matches() ? Optional.of(link(values)) : Optional.empty();
	}

	private static Link link(Matcher values) {
		String length = values.group(1);
		return new Link(length.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)),
				Instant.ofEpochSecond(Long.parseLong(values.group(2))), values.group(3));
	}

	private static String about(LinkKey key) {
		return HEAD + "registry " + key.registry() + "\nrepository " + key.repository() + "\ndigest " + key.digest()
				+ "\n";
	}

}
