package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.diagnose.PastedPair.Kind;
import dev.sluice.diagnose.PastedText.Word;

/**
 * Values that stand beside each other. Not thread-safe.
 */
final class ValueGroup {

	/** Parts of an image's name; with {@code image} before them, too. */
	private static final Set<String> PARTS = Set.of("registry", "repository", "name", "newname", "tag", "newtag",
			"digest", "version", "image");

	/** Names of values that are images. */
	private static final Set<String> IMAGES = Set.of("imagename", "imageuri", "imageurl", "imageref", "imagereference",
			"img");

	/** Names of values that may be images. */
	private static final Set<String> PERHAPS = Set.of("ref", "reference", "remote", "container", "base", "from");

	private static final Set<String> NO_NAMES = Set.of("true", "false", "yes", "no", "on", "off", "null", "none",
			"always", "never", "ifnotpresent", "missing", "build", "not", "latest");

	private final Map<String, PastedPair> parts = new HashMap<>();

	private final List<String> others = new ArrayList<>();

	/**
	 * Takes one more value.
	 * @param pair a name and its value
	 * @return false if it belongs to another group, because this one has that part
	 */
	boolean add(PastedPair pair) {
		String part = (pair.name().startsWith("image") && PARTS.contains(pair.name().substring("image".length())))
				? pair.name().substring("image".length()) : pair.name();
		if (PARTS.contains(part) && !IMAGES.contains(pair.name())) {
			return this.parts.putIfAbsent(part, pair) == null;
		}
		boolean image = IMAGES.contains(pair.name()) || pair.name().endsWith("image");
		boolean perhaps = PERHAPS.contains(pair.name()) && ImageWord.isSure(pair.value());
		if (perhaps || (image && isImage(pair))) {
			this.others.add(pair.value());
		}
		return true;
	}

	/**
	 * Whether it says a registry for images that are named elsewhere.
	 * @return whether there is a registry in it, and no repository
	 */
	boolean isRegistryAlone() {
		return !value("registry").isEmpty() && !has("repository") && !has("image") && !has("name");
	}

	/**
	 * What the values name.
	 * @return the images' names
	 */
	Stream<String> images() {
		return Stream.concat(together(), this.others.stream().map(PastedUrl::bare)).filter((name) -> !name.isEmpty());
	}

	private Stream<String> together() {
		if (has("newname") || has("newtag")) {
			return Stream.of(referred(value(has("newname") ? "newname" : "name"), "newtag"));
		}
		PastedPair repository = this.parts.get("repository");
		if (repository != null) {
			return ofRepository(repository);
		}
		PastedPair image = this.parts.get("image");
		if (image != null && isImage(image)) {
			return Stream.of(referred(registered(PastedUrl.bare(image.value())), "tag"));
		}
		String named = referred(registered(value("name")), "tag");
		return ImageWord.isSure(named) && has("name") ? Stream.of(named) : Stream.empty();
	}

	private Stream<String> ofRepository(PastedPair repository) {
		String value = repository.value();
		if (PastedUrl.isOfImage(value)) {
			String chart = PastedUrl.bare(value) + (has("name") ? "/" + value("name") : "");
			return Stream.of(has("version") ? chart + ":" + value("version").replace('+', '_') : chart);
		}
		if (value.isEmpty() || value.contains("://")) {
			return Stream.empty();
		}
		String name = registered(value);
		boolean told = repository.kind() == Kind.STRUCTURED && ImageWord.isSure(name);
		return (has("tag") || has("digest") || told) ? Stream.of(referred(name, "tag")) : Stream.empty();
	}

	private String registered(String repository) {
		String registry = PastedUrl.bare(value("registry"));
		boolean whole = registry.isEmpty() || repository.startsWith(registry + "/");
		return whole ? repository : registry + "/" + repository;
	}

	/** A tag that is empty comes from elsewhere, so it is as unknown as a variable. */
	private String referred(String name, String tag) {
		boolean complete = name.indexOf('@') >= 0 || name.lastIndexOf(':') > name.lastIndexOf('/') || name.isEmpty();
		if (complete) {
			return name;
		}
		String digest = value("digest");
		String tagged = has(tag) ? name + ":" + (value(tag).isEmpty() ? "$" : value(tag)) : name;
		return digest.isEmpty() ? tagged : (value(tag).isEmpty() ? name : tagged) + "@" + digest;
	}

	private boolean has(String part) {
		return this.parts.containsKey(part);
	}

	private String value(String part) {
		PastedPair pair = this.parts.get(part);
		return (pair != null) ? pair.value() : "";
	}

	private static boolean isImage(PastedPair pair) {
		String value = PastedUrl.bare(pair.value());
		Word word = Word.of(value);
		if (value.indexOf('$') >= 0 || value.contains("{{")) {
			return pair.kind() != Kind.SPOKEN;
		}
		return (pair.kind() == Kind.SPOKEN) ? ImageWord.isReferring(word)
				: (ImageWord.isLike(word) && !NO_NAMES.contains(value)) || ImageWord.hasHost(value);
	}

}
