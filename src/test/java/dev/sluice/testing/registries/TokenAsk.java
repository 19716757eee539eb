package dev.sluice.testing.registries;

import java.util.List;

import dev.sluice.testing.RecordedRequest;

/**
 * A request for a token. Immutable.
 *
 * @param request the request
 * @param standing whose
 * @param scopes what for, one by one
 * @param denied those of them that this caller may not have
 */
public record TokenAsk(RecordedRequest request, Standing standing, List<String> scopes, List<String> denied) {

	/** Whether the login that came with it is no good. */
	public boolean isByBadLogin() {
		return this.standing == Standing.WRONG || this.standing == Standing.EXPIRED;
	}

}
