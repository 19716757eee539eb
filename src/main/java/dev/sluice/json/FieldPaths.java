package dev.sluice.json;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Which fields of a JSON text are wanted. Immutable once made; to be kept as a constant.
 */
public final class FieldPaths {

	private static final String EACH = "[*]";

	private static final String FIRST = "[0]";

	private final Step root;

	private FieldPaths(Step root) {
		this.root = root;
	}

	/**
	 * Reads paths from the root: {@code mediaType}, {@code errors[0].message} for the
	 * first element of an array, {@code manifests[*].digest} for each.
	 * @param paths the paths, written by us
	 * @return what is wanted
	 */
	public static FieldPaths of(String... paths) {
		return new FieldPaths(new Step("", Comparator.naturalOrder())).with(paths);
	}

	/**
	 * Reads paths whose names may be written in any case, as Go's clients take them.
	 * @param paths as above
	 * @return what is wanted, under the paths as they are written here
	 */
	public static FieldPaths inAnyCase(String... paths) {
		return new FieldPaths(new Step("", String.CASE_INSENSITIVE_ORDER)).with(paths);
	}

	private FieldPaths with(String... paths) {
		for (String path : paths) {
			add(path);
		}
		return this;
	}

	Step root() {
		return this.root;
	}

	private void add(String path) {
		Step step = this.root;
		for (String part : path.replace("[", ".[").split("\\.", -1)) {
			step = step.make(part);
		}
	}

	/** A place on the way to a wanted field. */
	static final class Step {

		private final String name;

		private final Comparator<String> order;

		private final Map<String, Step> next;

		private Step(String name, Comparator<String> order) {
			this.name = name;
			this.order = order;
			this.next = new TreeMap<>(order);
		}

		/** The name as it is written in the path. */
		String name() {
			return this.name;
		}

		/**
		 * The step to a field of an object.
		 * @param name the field's name
		 * @return the step, or null if nothing there is wanted
		 */
		@Nullable Step field(String name) {
			return this.next.get(name);
		}

		/**
		 * The step to an element of an array.
		 * @param index the element's index
		 * @return the step, or null if nothing there is wanted
		 */
		@Nullable Step element(int index) {
			Step each = this.next.get(EACH);
			return (each != null || index > 0) ? each : this.next.get(FIRST);
		}

		private Step make(String part) {
			return this.next.computeIfAbsent(part, (name) -> new Step(name, this.order));
		}

	}

}
