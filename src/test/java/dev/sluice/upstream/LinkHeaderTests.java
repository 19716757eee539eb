package dev.sluice.upstream;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkHeaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "</x?a>; rel=\"next\"", "</x?a>;rel=next", "</x?a> ; rel = next", "</x?a>; REL=\"Next\"",
			"</x?a>; rel=\"prev next\"", "</x?a>; rel=\"next last\"", "</x?a>; title=\"b\"; rel=\"next\"; type=\"c\"",
			"</x?a>; title=\"a, <b>; rel=prev\"; rel=next", "</x?a>; title=\"a\\\"b\"; rel=next",
			"</x?a>; title*=UTF-8''%e2%82%ac; rel=next", "</y>; rel=prev, </x?a>; rel=next",
			"</y?b,c>; rel=prev,</x?a>; rel=next,</z>; rel=last", "</y>, </x?a>; rel=next", "nonsense </x?a>; rel=next",
			"; , \"\" </x?a>; rel=next", "</y>; \"a, b\"; rel=up, </x?a>; rel=next", "</x?a>; rel=next; rel=prev",
			"</x?a>; rel=\"next", "</x?a>\t;\trel=next", "</x?a>; crossorigin; rel=next", "</x?a>; rel='next'",
			"</x?a>; rel='prev next'", "/x?a; rel=\"next\"", " /x?a ;rel=next" })
	void findsTheNextLink(String line) {
		assertThat(LinkHeader.next(List.of(line))).contains("/x?a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "</x?a>", "</x?a>; rel=prev", "</x?a>; rel=\"nextish\"", "</x?a>; rel",
			"</x?a>; rel=", "</x?a>; rel=\"\"", "</x?a; rel=next", "</x?a>; title=\"rel=next\"", "</x?a>; anchor=next",
			"</x?a>; rel=prev; rel=next", "</x?a>; rel=\"prev\", rel=next", "rel=next", "<", "<<<<", ">; rel=next",
			"</x?a>; xrel=next", "</x?a>; \"rel=next\"", "/x?a", ";rel=next", "/x?a; rel=prev", "/x?a, rel=next" })
	void findsNoneWhereNoneIsNext(String line) {
		assertThat(LinkHeader.next(List.of(line))).isEmpty();
	}

	@Test
	void keepsCommasOfATarget() {
		assertThat(LinkHeader.next(List.of("</x?a=1,2;3>; rel=next"))).contains("/x?a=1,2;3");
	}

	@Test
	void looksAtEachLine() {
		assertThat(LinkHeader.next(List.of("</y>; rel=prev", "</x?a>; rel=next", "</z>; rel=next"))).contains("/x?a");
	}

	@Test
	void looksAtNoMoreLinesThanAreMeant() {
		assertThat(LinkHeader.next(Collections.nCopies(200, "</y>; rel=prev"))).isEmpty();
		List<String> many = new java.util.ArrayList<>(Collections.nCopies(200, "</y>; rel=prev"));
		many.add("</x>; rel=next");
		assertThat(LinkHeader.next(many)).isEmpty();
		assertThat(LinkHeader.next(List.of("</" + "x".repeat(40_000) + ">; rel=next"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<", "<>", "<>,", ">", ";", "\"", "\\", "<;", "<>;rel=next\"", "<>;\"", "<a>;rel=", "," })
	void takesLinearTimeWhateverIsRepeated(String part) {
		String line = part.repeat(32 * 1024 / part.length());
		List<String> lines = Collections.nCopies(16, line);
		LinkHeader.next(lines);
		long before = cpuTime();
		for (int i = 0; i < 10; i++) {
			LinkHeader.next(lines);
		}
		assertThat(Duration.ofNanos(cpuTime() - before)).isLessThan(Duration.ofMillis(500));
	}

	private static long cpuTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

}
