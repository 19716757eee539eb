package dev.sluice.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sluice.oci.Provenance;
import dev.sluice.upstream.UpstreamAnswer;

/**
 * What is known beside a content: where it comes from, for the log, and what an upstream
 * says, as far as clients hear of it. That is an allow-list: challenges, cookies, what a
 * browser would act on, and what a CDN or a server says of itself are not on it, nor is a
 * line that repeats a secret of ours. Immutable.
 *
 * @param from where it comes from
 * @param warnings the distribution spec's warnings, a line each
 * @param cacheControl how long the content may be kept
 * @param lastModified when it changed
 * @param filtersApplied by what a list of referrers was filtered
 * @param nextPage the query by which a list goes on, encoded
 */
public record Notes(Provenance from, List<String> warnings, Optional<String> cacheControl,
		Optional<String> lastModified, Optional<String> filtersApplied, Optional<String> nextPage) {

	/** Nothing is said. */
	static final Notes NONE = new Notes(Provenance.NOWHERE, List.of(), Optional.empty(), Optional.empty(),
			Optional.empty(), Optional.empty());

	/** Characters of all warnings together (distribution spec, "Warnings"). */
	private static final int WARNINGS = 4096;

	public Notes {
		warnings = List.copyOf(warnings);
	}

	static Notes of(UpstreamAnswer answer) {
		return new Notes(answer.provenance(), warnings(answer), answer.cacheControl(), answer.lastModified(),
				answer.filtersApplied(), Optional.empty());
	}

	/** The same of a page of a list. */
	static Notes ofPage(UpstreamAnswer answer) {
		Notes notes = of(answer);
		return new Notes(notes.from, notes.warnings, notes.cacheControl, notes.lastModified, notes.filtersApplied,
				answer.nextPage());
	}

	private static List<String> warnings(UpstreamAnswer answer) {
		List<String> warnings = new ArrayList<>();
		int left = WARNINGS;
		for (String line : answer.warnings()) {
			left -= line.length();
			if (left >= 0) {
				warnings.add(line);
			}
		}
		return warnings;
	}

}
