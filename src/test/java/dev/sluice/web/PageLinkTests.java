package dev.sluice.web;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PageLinkTests {

	private static final String PATH = "/v2/ghcr.io/acme/app/tags/list";

	@Test
	void putsTheNextPagesQueryBehindTheClientsOwnPath() {
		assertThat(link("last=c&n=2")).contains("<" + PATH + "?last=c&n=2>; rel=\"next\"");
	}

	@Test
	void keepsTheClientsNamespace() {
		assertThat(PageLink.of("last=c", PATH, Optional.of("reg.test:5000")))
			.contains("<" + PATH + "?last=c&ns=reg.test%3A5000>; rel=\"next\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ns=evil.test&last=c&n=2", "last=c&ns=evil.test&n=2", "last=c&n=2&ns=evil.test",
			"last=c&n%73=x&%6es=evil.test&n=2&%6E%73=evil.test", "&last=c&&n=2&" })
	void leavesAnUpstreamsNamespaceOut(String query) {
		assertThat(link(query.replace("n%73=x&", ""))).contains("<" + PATH + "?last=c&n=2>; rel=\"next\"");
	}

	@Test
	void isNoneWhereTheQueryIsOfNothingElse() {
		assertThat(link("ns=evil.test")).isEmpty();
		assertThat(link("")).isEmpty();
	}

	private static Optional<String> link(String nextPage) {
		return PageLink.of(nextPage, PATH, Optional.empty());
	}

}
