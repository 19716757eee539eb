package dev.sluice.web;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageLinkTests {

	private static final String PATH = "/v2/ghcr.io/acme/app/tags/list";

	@Test
	void takesTheNextPagesLinkWhenThereAreOthers() {
		assertThat(link("</v2/acme/app/tags/list?last=a>; rel=\"prev\", </v2/acme/app/tags/list?last=c>; rel=\"next\""))
			.contains("<" + PATH + "?last=c>; rel=\"next\"");
	}

	@Test
	void leavesAnUpstreamsNamespaceOut() {
		assertThat(link("</v2/acme/app/tags/list?ns=evil.test&last=c&n=2>; rel=next"))
			.contains("<" + PATH + "?last=c&n=2>; rel=\"next\"");
	}

	@Test
	void isNoneWhenNoNextPageIsNamed() {
		assertThat(link("</v2/acme/app/tags/list?last=a>; rel=\"prev\"")).isEmpty();
		assertThat(link("nonsense")).isEmpty();
	}

	private static Optional<String> link(String upstreamLink) {
		return PageLink.of(upstreamLink, PATH, Optional.empty());
	}

}
