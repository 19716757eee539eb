package dev.sluice.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.ContentRange;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.RequestException.UnreadableRequest;
import dev.sluice.oci.RequestException.UnreadableRequest.Fault;
import dev.sluice.oci.UpstreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The error table of the house plan, a row for each cause.
 */
class ErrorStatusTests {

	private static final Exception CAUSE = new IllegalStateException("a cause");

	static Stream<Row> table() {
		return Stream.of(row(new RequestException.Malformed(ErrorCode.DIGEST_INVALID, "m"), 400, "DIGEST_INVALID"),
				row(new RequestException.Malformed(ErrorCode.NAME_INVALID, "m"), 400, "NAME_INVALID"),
				row(new UnreadableRequest(Fault.MALFORMED, "m"), 400, "UNSUPPORTED"),
				row(new UnreadableRequest(Fault.TOO_SLOW, "m"), 408, "UNSUPPORTED"),
				row(new UnreadableRequest(Fault.LINE_TOO_LONG, "m"), 414, "UNSUPPORTED"),
				row(new UnreadableRequest(Fault.HEADERS_TOO_LARGE, "m"), 431, "UNSUPPORTED"),
				row(new RequestException.ForeignRequest("m"), 403, "DENIED"),
				row(new RequestException.MethodNotSupported("m"), 405, "UNSUPPORTED", "Allow", "GET, HEAD"),
				row(new RequestException.RegistryNotListed("m"), 404, "NAME_UNKNOWN"),
				row(new RequestException.NotFound(ErrorCode.MANIFEST_UNKNOWN, "m"), 404, "MANIFEST_UNKNOWN"),
				row(new RequestException.NotFound("THEIR_OWN", "m"), 404, "THEIR_OWN"),
				row(new RequestException.RefusedAsMalformed("THEIR_OWN", "m"), 400, "THEIR_OWN"),
				row(new RequestException.PreconditionFailed("m"), 412, "UNSUPPORTED"),
				row(new RequestException.RangeNotSatisfiable("m", Optional.empty()), 416, "UNSUPPORTED"),
				row(new RequestException.RangeNotSatisfiable("m", Optional.of(new ContentRange.Unsatisfied(9))), 416,
						"UNSUPPORTED", "Content-Range", "bytes */9"),
				row(new CredentialException.AccessDenied("m"), 403, "DENIED"),
				row(new CredentialException.CredentialRejected("m"), 403, "DENIED"),
				row(new CredentialException.CredentialUnavailable("m"), 502, "UNAVAILABLE"),
				row(new CredentialException.IdentityUnavailable("m"), 502, "UNAVAILABLE"),
				row(new CredentialException.UnsendableHeader("m"), 502, "UNAVAILABLE"),
				row(new UpstreamException.UpstreamUnreachable("m", CAUSE), 502, "UNAVAILABLE"),
				row(new UpstreamException.ForbiddenAddress("m"), 502, "UNAVAILABLE"),
				row(new UpstreamException.UpstreamFailed("m"), 502, "UNAVAILABLE"),
				row(new UpstreamException.InvalidAnswer("m"), 502, "UNAVAILABLE"),
				row(new UpstreamException.UpstreamTimedOut("m", CAUSE), 504, "UNAVAILABLE"),
				row(new OverloadException.TooManyRequests("m", Optional.empty()), 429, "TOOMANYREQUESTS"),
				row(new OverloadException.TooManyRequests("m", Optional.of("Fri, 01 May 2026 12:00:00 GMT")), 429,
						"TOOMANYREQUESTS", "Retry-After", "Fri, 01 May 2026 12:00:00 GMT"),
				row(new OverloadException.Overloaded("m", Duration.ofSeconds(5)), 503, "UNAVAILABLE", "Retry-After",
						"5"),
				row(new OverloadException.MemoryExhausted("m", Duration.ofMillis(10)), 503, "UNAVAILABLE",
						"Retry-After", "1"));
	}

	@ParameterizedTest
	@MethodSource("table")
	void isWhatTheTableSays(Row row) {
		assertThat(ErrorStatus.of(row.cause()))
			.isEqualTo(new ErrorStatus(row.status(), row.code(), "m", row.headers()));
	}

	@Test
	void hasARowForEveryCause() {
		Set<Class<?>> rows = table().map((row) -> row.cause().getClass()).collect(Collectors.toSet());
		assertThat(rows).containsExactlyInAnyOrderElementsOf(leaves(RegistryException.class).toList());
	}

	@Test
	void saysAtWhichUpstreamItHappened() {
		RegistryException cause = new UpstreamException.UpstreamFailed("m").at(RegistryName.parse("reg.example"));
		assertThat(ErrorStatus.of(cause).message()).isEqualTo("reg.example: m");
	}

	@Test
	void saysOfAFaultOfSluicesOwnOnlyWhereToFindIt() {
		assertThat(ErrorStatus.bug("17")).isEqualTo(
				new ErrorStatus(500, "UNKNOWN", "Sluice failed; its log has the cause under request id 17", Map.of()));
	}

	private static Row row(RegistryException cause, int status, String code) {
		return new Row(cause, status, code, Map.of());
	}

	private static Row row(RegistryException cause, int status, String code, String header, String value) {
		return new Row(cause, status, code, Map.of(header, value));
	}

	private static Stream<Class<?>> leaves(Class<?> family) {
		Class<?>[] permitted = family.getPermittedSubclasses();
		return (permitted != null) ? Stream.of(permitted).flatMap(ErrorStatusTests::leaves) : Stream.of(family);
	}

	record Row(RegistryException cause, int status, String code, Map<String, String> headers) {
	}

}
