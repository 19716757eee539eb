package dev.sluice.diagnose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * What names an image by the name of its value: in manifests, Helm's values, kustomize,
 * Terraform, JSON, logs and variables. Values beside each other, a registry, a repository
 * and a tag, name one image together. Linear in the text's length.
 */
final class PastedValues {

	/** Stands for a registry that is perhaps the one that is named elsewhere. */
	private static final String UNKNOWN = "$/";

	private final List<ValueGroup> groups = new ArrayList<>();

	/** The groups by what holds their values together, the last of each. */
	private final Map<String, ValueGroup> open = new HashMap<>();

	/** The objects that are begun. */
	private final Deque<Integer> objects = new ArrayDeque<>();

	private int begun;

	/** The columns at which values stand, and the group there. */
	private final Deque<int[]> columns = new ArrayDeque<>();

	private int lineStart;

	private boolean first = true;

	private boolean item;

	private boolean comment;

	private PastedValues() {
	}

	/**
	 * Reads values.
	 * @param text what was pasted, unescaped and without secrets
	 * @return the images that they name
	 */
	static Images of(String text) {
		PastedValues values = new PastedValues();
		Matcher pair = PastedPair.FORM.matcher(text);
		int from = 0;
		while (pair.find()) {
			values.pass(text, from, pair.start());
			if (!values.comment) {
				values.take(PastedPair.of(pair, values.first), pair.start());
			}
			values.first = false;
			from = pair.end();
		}
		boolean elsewhere = values.groups.stream().anyMatch(ValueGroup::isRegistryAlone);
		return Images.of(values.groups.stream()
			.flatMap(ValueGroup::images)
			.map((name) -> (elsewhere && !ImageWord.hasHost(name)) ? UNKNOWN + name : name));
	}

	/** What stands between two pairs. */
	private void pass(String text, int from, int to) {
		for (int at = from; at < to; at++) {
			char character = text.charAt(at);
			switch (character) {
				case '\n', '\r' -> begin(at + 1);
				case '{' -> this.objects.push(++this.begun);
				case '}' -> this.objects.poll();
				case '#' -> this.comment |= at == this.lineStart || Character.isWhitespace(text.charAt(at - 1));
				case '-' -> this.item |= this.first;
				default -> this.first &= Character.isWhitespace(character);
			}
		}
	}

	private void begin(int line) {
		this.lineStart = line;
		this.first = true;
		this.item = false;
		this.comment = false;
	}

	private void take(PastedPair pair, int start) {
		ValueGroup group = group(pair, start);
		if (!group.add(pair)) {
			ValueGroup next = begin(key(pair, start));
			next.add(pair);
		}
	}

	private ValueGroup group(PastedPair pair, int start) {
		String key = key(pair, start);
		ValueGroup group = this.open.get(key);
		return (group != null) ? group : begin(key);
	}

	private ValueGroup begin(String key) {
		ValueGroup group = new ValueGroup();
		this.groups.add(group);
		this.open.put(key, group);
		return group;
	}

	/** What holds values together: their path, object, column or line. */
	private String key(PastedPair pair, int start) {
		if (!pair.path().isEmpty()) {
			return "path " + pair.path();
		}
		if (!this.objects.isEmpty()) {
			return "object " + this.objects.peek();
		}
		return this.first ? "column " + column(start - this.lineStart) : "line " + this.lineStart;
	}

	private int column(int column) {
		while (!this.columns.isEmpty() && this.columns.element()[0] > column) {
			this.columns.pop();
		}
		boolean same = !this.columns.isEmpty() && this.columns.element()[0] == column;
		if (same && this.item) {
			this.columns.pop();
		}
		if (!same || this.item) {
			this.columns.push(new int[] { column, ++this.begun });
			this.item = false;
		}
		return this.columns.element()[1];
	}

}
