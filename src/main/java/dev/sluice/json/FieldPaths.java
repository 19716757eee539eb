package dev.sluice.json;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which fields of a JSON text are wanted. Immutable once made; to be kept as a constant.
 */
public final class FieldPaths {

	private static final String EACH = "[*]";

	private static final String FIRST = "[0]";

	private final Step root = new Step();

	private FieldPaths() {
	}

	/**
	 * Reads paths from the root: {@code mediaType}, {@code errors[0].message} for the
	 * first element of an array, {@code manifests[*].digest} for each.
	 * @param paths the paths, written by us
	 * @return what is wanted
	 */
	public static FieldPaths of(String... paths) {
		FieldPaths wanted = new FieldPaths();
		for (String path : paths) {
			wanted.add(path);
		}
		return wanted;
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

		private final Map<String, Step> next = new HashMap<>();

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
			return this.next.computeIfAbsent(part, (_) -> new Step());
		}

	}

}
