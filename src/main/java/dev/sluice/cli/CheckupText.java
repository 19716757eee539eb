package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.diagnose.Check;
import dev.sluice.diagnose.Checkup;
import dev.sluice.diagnose.Finding;
import dev.sluice.diagnose.Level;

/**
 * The doctor's findings for people: a table, then each problem in full.
 */
final class CheckupText {

	private static final List<String> HEADINGS = List.of("UPSTREAM", "REACHABLE", "TLS", "CREDENTIAL", "CHALLENGE",
			"TOKEN", "PERMISSION", "QUOTA");

	private CheckupText() {
	}

	static String of(Checkup checkup) {
		List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
		checkup.checks().forEach((check) -> rows.add(row(check)));
		return Table.of(rows) + "\n" + problems(checkup) + verdict(checkup);
	}

	private static String problems(Checkup checkup) {
		String problems = Stream
			.concat(checkup.problems().stream(),
					checkup.checks()
						.stream()
						.flatMap((check) -> check.problem().stream().map((problem) -> named(check, problem))))
			.distinct()
			.map((problem) -> "FAILED " + problem + "\n")
			.collect(Collectors.joining());
		return problems.isEmpty() ? "" : problems + "\n";
	}

	private static String verdict(Checkup checkup) {
		long failed = checkup.checks().stream().filter((check) -> !check.isGood()).count();
		if (failed > 0) {
			return failed + " of " + checkup.checks().size() + " failed.\n";
		}
		return checkup.isGood() ? "All is well.\n" : "All upstreams answer; see above what is wrong.\n";
	}

	private static List<String> row(Check check) {
		return Stream.concat(Stream.of(check.subject()), check.findings().map(CheckupText::cell)).toList();
	}

	private static String cell(Finding finding) {
		return (finding.level() == Level.FAILED) ? "FAILED: " + finding.text() : finding.text();
	}

	private static String named(Check check, String problem) {
		return problem.startsWith(check.subject()) ? problem : check.subject() + ": " + problem;
	}

}
