package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.oci.UpstreamException;
import dev.sluice.transport.Url;

/**
 * Where a list goes on, see {@link UpstreamAnswer#nextPage()}. Immutable.
 *
 * @param page the page that was answered
 * @param url where it was asked for
 */
record NextPage(UpstreamAnswer page, Url url) {

	Optional<String> query() {
		return LinkHeader.next(this.page.headers().getAll("Link"))
			.map(this::resolved)
			.flatMap(this::queryOf)
			.map((query) -> {
				if (this.page.secrets().areInHeader(query)) {
					throw new UpstreamException.InvalidAnswer(this.url.origin()
							+ " goes on with the list at a URL that repeats our own credential: it isn't passed on");
				}
				return query;
			});
	}

	private Url resolved(String reference) {
		try {
			return this.url.resolve(reference);
		}
		catch (IllegalArgumentException ex) {
			throw new UpstreamException.InvalidAnswer(this.url.origin() + " goes on with the list at what is no URL: "
					+ this.page.shown(String.valueOf(ex.getMessage())));
		}
	}

	private Optional<String> queryOf(Url next) {
		Optional<String> query = next.query()
			.filter((it) -> !it.isEmpty() && !Optional.of(it).equals(this.url.query()));
		if (query.isEmpty() && !name(next).equals(name(this.url))) {
			throw new UpstreamException.InvalidAnswer(
					this.url.origin() + " goes on with the list at another path: only a query can be followed");
		}
		return query;
	}

	/** Behind a proxy of its own, a registry may not know the path before. */
	private static String name(Url url) {
		return url.path().substring(url.path().lastIndexOf('/') + 1);
	}

}
