package dev.sluice.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.diagnose.Explanation;
import dev.sluice.diagnose.Step;

/**
 * The steps of a pull for people: one line each.
 */
final class ExplanationText {

	private ExplanationText() {
	}

	static String of(Explanation explanation) {
		return explanation.steps()
			.stream()
			.map(ExplanationText::row)
			.collect(Collectors.collectingAndThen(Collectors.toList(),
					(rows) -> explanation.image() + "\n" + Table.of(withHeadings(rows))));
	}

	private static List<List<String>> withHeadings(List<List<String>> rows) {
		return Stream.concat(Stream.of(List.of("", "STEP", "WHAT HAPPENED")), rows.stream()).toList();
	}

	private static List<String> row(Step step) {
		return List.of(switch (step.level()) {
			case OK, NONE -> "ok";
			case NOTE -> "note";
			case FAILED -> "FAILED";
		}, step.name(), step.text());
	}

}
